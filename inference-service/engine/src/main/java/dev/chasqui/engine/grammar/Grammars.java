package dev.chasqui.engine.grammar;

import dev.chasqui.engine.api.InvalidRequestException;
import dev.chasqui.engine.api.ResponseFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Compiles formats for one vocabulary, and keeps those that were used last. For any thread. */
public final class Grammars {

  private static final int MOST_KEPT = 16;
  private static final int LONGEST = 1 << 18;
  private static final float LOAD_FACTOR = 0.75f;

  private final VocabularyTexts vocabulary;
  private final Map<ResponseFormat, TokenGrammar> kept =
      new LinkedHashMap<>(16, LOAD_FACTOR, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<ResponseFormat, TokenGrammar> eldest) {
          return size() > MOST_KEPT;
        }
      };

  /**
   * Keeps none yet.
   *
   * @param vocabulary the tokens that answers are made of
   */
  public Grammars(VocabularyTexts vocabulary) {
    this.vocabulary = vocabulary;
  }

  /**
   * Returns the grammar of a format.
   *
   * @param format what shape an answer must have
   * @return its grammar; empty for free text
   * @throws InvalidRequestException if the format is faulty, impossible, too large, or uses what is
   *     not supported; the message names the place in it
   */
  public synchronized Optional<TokenGrammar> of(ResponseFormat format) {
    return switch (format) {
      case ResponseFormat.Text text -> Optional.empty();
      case ResponseFormat.Json json ->
          kept(format, () -> JsonGrammar.rules(Map.of("root", new Expression.Rule("object"))));
      case ResponseFormat.JsonSchema(String schema) ->
          kept(format, () -> SchemaCompiler.compile(checked(schema)));
      case ResponseFormat.Grammar(String gbnf) ->
          kept(format, () -> GbnfParser.parse(checked(gbnf)));
    };
  }

  private Optional<TokenGrammar> kept(
      ResponseFormat format, java.util.function.Supplier<Rules> rules) {
    TokenGrammar known = kept.get(format);
    if (known == null) {
      known = new TokenGrammar(rules.get(), vocabulary);
      kept.put(format, known);
    }
    return Optional.of(known);
  }

  private static String checked(String text) {
    if (text.length() > LONGEST) {
      throw new InvalidRequestException(
          "response-format",
          text.length() + " characters",
          "the most is " + LONGEST,
          "Make it smaller.");
    }
    return text;
  }
}
