package dev.chasqui.engine.runtime;

import dev.chasqui.engine.api.GenerationRequest;
import dev.chasqui.engine.api.InvalidRequestException;
import dev.chasqui.engine.api.MarkedText;
import dev.chasqui.engine.api.Prompt;
import dev.chasqui.engine.api.ResponseFormat;
import dev.chasqui.engine.api.TokenIds;
import dev.chasqui.engine.chat.ToolCallParser;
import dev.chasqui.engine.checkpoint.Checkpoint;
import dev.chasqui.engine.grammar.FirstSpace;
import dev.chasqui.engine.grammar.GrammarCursor;
import dev.chasqui.engine.grammar.Grammars;
import dev.chasqui.engine.grammar.VocabularyTexts;
import dev.chasqui.engine.tokenize.TokenText;
import dev.chasqui.engine.tokenize.Tokenizer;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What a checkpoint makes of text: its tokenizer and its chat template; for any thread. */
final class PromptText {

  private final Tokenizer tokenizer;
  private final int vocabularySize;
  private final TokenIds endTokens;
  private final Conversations conversations;
  private @Nullable Grammars grammars;

  PromptText(Checkpoint checkpoint, Optional<String> chatTemplate) {
    tokenizer = Tokenizer.of(checkpoint.vocabulary());
    vocabularySize = checkpoint.config().vocabularySize();
    endTokens = union(tokenizer.endTokens(), checkpoint.endTokens());
    conversations = new Conversations(checkpoint, tokenizer, chatTemplate);
  }

  TokenIds encode(MarkedText marked) {
    return tokenizer.encode(marked);
  }

  TokenIds encodePrompt(Prompt prompt) {
    TokenIds ids =
        switch (prompt) {
          case Prompt.Tokens tokens -> checkedIds(tokens.ids());
          case Prompt.Text raw -> encodeText(raw.text());
          case Prompt.Chat chat -> encodeChat(chat);
          case Prompt.Infill infill -> InfillTokens.of(tokenizer, infill);
        };
    if (ids.isEmpty()) {
      throw empty();
    }
    return ids;
  }

  String decode(TokenIds ids) {
    return tokenizer.decode(ids);
  }

  TokenIds endTokens() {
    return endTokens;
  }

  private static TokenIds union(TokenIds a, TokenIds b) {
    return TokenIds.of(IntStream.concat(a.stream(), b.stream()).distinct().toArray());
  }

  /** Returns the text of an answer: a turn of a chat stands alone, all else goes on. */
  TokenText answerTo(Prompt prompt) {
    return switch (prompt) {
      case Prompt.Chat chat -> TokenText.standingAlone(tokenizer);
      case Prompt.Text text -> TokenText.continuing(tokenizer);
      case Prompt.Tokens tokens -> TokenText.continuing(tokenizer);
      case Prompt.Infill infill -> TokenText.continuing(tokenizer);
    };
  }

  /**
   * Returns where an answer stands in its grammar before its first token.
   *
   * @throws InvalidRequestException if its format is faulty, impossible or not supported
   */
  Optional<GrammarCursor> grammar(GenerationRequest request) {
    if (request.shape().format() instanceof ResponseFormat.Text) {
      return Optional.empty();
    }
    FirstSpace firstSpace =
        answerTo(request.prompt()).dropsFirstSpace() ? FirstSpace.DROPPED : FirstSpace.KEPT;
    TokenIds ends =
        switch (request.stop().endTokens()) {
          case HONOURED -> endTokens().plus(request.stop().tokenIds());
          case IGNORED -> request.stop().tokenIds();
        };
    return grammars().of(request.shape().format()).map(grammar -> grammar.begin(firstSpace, ends));
  }

  /** The tree of the vocabulary takes time and room: it is made for the first that needs it. */
  private synchronized Grammars grammars() {
    if (grammars == null) {
      byte[][] texts = new byte[vocabularySize][];
      for (int id = 0; id < texts.length; id++) {
        texts[id] = id < tokenizer.vocabularySize() ? tokenizer.bytes(id) : new byte[0];
      }
      grammars = new Grammars(new VocabularyTexts(texts));
    }
    return grammars;
  }

  /** Returns what collects calls of tools, if a prompt offers any. */
  Optional<ToolCallText> toolCalls(Prompt prompt) {
    return prompt instanceof Prompt.Chat chat && !chat.offer().tools().isEmpty()
        ? Optional.of(
            new ToolCallText(
                chat.offer().tools(), tokenizer.controlToken(ToolCallParser.PYTHON_TAG)))
        : Optional.empty();
  }

  OptionalInt beginOfText() {
    return tokenizer.controlToken(tokenizer.beginOfText());
  }

  Set<String> specialTokens() {
    return tokenizer.controlTokens();
  }

  String templateHash() {
    return conversations.templateHash();
  }

  void checkIds(String field, TokenIds ids) {
    for (int i = 0; i < ids.size(); i++) {
      if (ids.get(i) >= vocabularySize) {
        throw new InvalidRequestException(
            field,
            "token id " + ids.get(i),
            "token ids of this model lie in [0, " + (vocabularySize - 1) + "]",
            "Use the tokenizer of this model.");
      }
    }
  }

  private TokenIds checkedIds(TokenIds ids) {
    checkIds("prompt", ids);
    return ids;
  }

  private TokenIds encodeText(MarkedText marked) {
    if (marked.text().isEmpty()) {
      throw empty();
    }
    return tokenizer.encodePrompt(marked);
  }

  private TokenIds encodeChat(Prompt.Chat chat) {
    if (chat.messages().isEmpty()) {
      throw empty();
    }
    return tokenizer.encodePrompt(conversations.render(chat));
  }

  private static InvalidRequestException empty() {
    return new InvalidRequestException(
        "empty-prompt",
        "prompt",
        "prompt is empty: at least one token is needed. Send a text, messages or token ids.");
  }
}
