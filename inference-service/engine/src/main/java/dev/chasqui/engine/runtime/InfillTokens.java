package dev.chasqui.engine.runtime;

import dev.chasqui.engine.api.InvalidRequestException;
import dev.chasqui.engine.api.MarkedText;
import dev.chasqui.engine.api.Prompt;
import dev.chasqui.engine.api.TokenIds;
import dev.chasqui.engine.tokenize.Tokenizer;
import java.util.OptionalInt;

/**
 * Code around a gap as Code Llama was trained to see it (meta-llama/codellama, generation.py,
 * infilling_prompt_tokens).
 */
final class InfillTokens {

  private InfillTokens() {}

  /**
   * Encodes code with a gap.
   *
   * @throws InvalidRequestException if the vocabulary has no tokens for it
   */
  static TokenIds of(Tokenizer tokenizer, Prompt.Infill infill) {
    TokenIds prefix = tokenizer.encode(MarkedText.user(infill.prefix()));
    TokenIds suffix = tokenizer.encodeContinuation(MarkedText.user(infill.suffix()));
    TokenIds begin =
        tokenizer.controlToken(tokenizer.beginOfText()).stream()
            .mapToObj(TokenIds::of)
            .findFirst()
            .orElse(TokenIds.empty())
            .plus(marker(tokenizer, "PRE"));
    TokenIds gap = marker(tokenizer, "SUF").plus(suffix).plus(marker(tokenizer, "MID"));
    return switch (infill.order()) {
      case PREFIX_FIRST -> begin.plus(prefix).plus(gap);
      case SUFFIX_FIRST -> begin.plus(gap).plus(prefix);
    };
  }

  /** SentencePiece writes the space before a marker into its piece. */
  private static TokenIds marker(Tokenizer tokenizer, String name) {
    OptionalInt spaced = tokenizer.controlToken("\u2581<" + name + ">");
    OptionalInt id = spaced.isPresent() ? spaced : tokenizer.controlToken("<" + name + ">");
    return TokenIds.of(
        id.orElseThrow(() ->
            new InvalidRequestException(
                "infill-not-supported",
                "prompt",
                "prompt is code with a gap, but the vocabulary has no token <%s>. Take a model that was trained to fill gaps, such as Code Llama 7B or 13B."
                    .formatted(name))));
  }
}
