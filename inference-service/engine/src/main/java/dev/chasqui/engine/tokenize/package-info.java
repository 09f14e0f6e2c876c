/**
 * Text to token ids and back.
 *
 * <p>In comes a {@link dev.chasqui.engine.api.MarkedText}; out go token ids: control tokens out of
 * scaffold spans only, never out of a user's. Back go ids, whole or one by one, to text that is
 * valid UTF-8 at every moment. A {@link dev.chasqui.engine.tokenize.Tokenizer} never changes and
 * serves any number of threads; a {@link dev.chasqui.engine.tokenize.TokenText} belongs to one
 * answer and the thread that decodes it. Encoding takes O(n log n) steps whatever the text:
 * scanners are written by hand, and merges go through a heap.
 */
@NullMarked
package dev.chasqui.engine.tokenize;

import org.jspecify.annotations.NullMarked;
