/**
 * Holds answers to a shape: JSON of a schema, or a text of a grammar.
 *
 * <p>In come a {@link dev.chasqui.engine.api.ResponseFormat} and the bytes of a vocabulary's
 * tokens; out go, for each position of an answer, the tokens that may come next. A format is
 * compiled once: to rules, the rules to a network of states over bytes, and that lazily to a
 * deterministic automaton whose states keep their token masks. The time of a mask is bounded by the
 * size of the vocabulary, whatever the grammar. A {@link dev.chasqui.engine.grammar.TokenGrammar}
 * serves any thread; a {@link dev.chasqui.engine.grammar.GrammarCursor} belongs to one answer, and
 * replaying the tokens of the answer gives the same state.
 */
@NullMarked
package dev.chasqui.engine.grammar;

import org.jspecify.annotations.NullMarked;
