package dev.chasqui.cli.engine;

import dev.chasqui.cli.CommandException;
import dev.chasqui.engine.api.ChatMessage;
import dev.chasqui.engine.api.GenerationRequest;
import dev.chasqui.engine.api.Prompt;
import dev.chasqui.engine.api.SamplingParameters;
import dev.chasqui.engine.api.Speculation;
import dev.chasqui.engine.api.StopCriteria;
import dev.chasqui.engine.api.StopCriteria.EndTokens;
import dev.chasqui.engine.api.TokenIds;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * What the requests of a measurement ask for.
 *
 * @param promptTokens tokens of a prompt of random tokens
 * @param generateTokens tokens of an answer, at most where a text is asked
 * @param text what every request asks, as a chat, in place of random tokens
 * @param adapter what answers
 * @param speculation how tokens are guessed ahead
 */
record BenchWork(
    int promptTokens,
    int generateTokens,
    Optional<String> text,
    Optional<String> adapter,
    Speculation speculation) {

  /** Room for what a chat template adds. */
  private static final int TEMPLATE_TOKENS = 1024;

  /** Reads a text to ask. */
  static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new CommandException("%s cannot be read: %s".formatted(file, e), e);
    }
  }

  BenchWork withTokens(int ofPrompt, int ofAnswer) {
    return new BenchWork(ofPrompt, ofAnswer, text, adapter, speculation);
  }

  /** Returns the most tokens of prompt and answer; a token is at least one byte of text. */
  int mostTokens() {
    return mostPromptTokens() + generateTokens + 1;
  }

  private int mostPromptTokens() {
    return text.map(all -> all.getBytes(StandardCharsets.UTF_8).length + TEMPLATE_TOKENS)
        .orElse(promptTokens);
  }

  /** An answer to a text ends where the model ends it: what comes behind says nothing. */
  GenerationRequest request(int index, Random random, int vocabularySize) {
    EndTokens ends = text.isPresent() ? EndTokens.HONOURED : EndTokens.IGNORED;
    StopCriteria stop = new StopCriteria(generateTokens, List.of(), ends);
    return GenerationRequest.of(
            "bench-" + index, prompt(random, vocabularySize), SamplingParameters.GREEDY, stop)
        .withAdapter(adapter)
        .withSpeculation(speculation);
  }

  private Prompt prompt(Random random, int vocabularySize) {
    return text.<Prompt>map(
            said -> new Prompt.Chat(List.of(new ChatMessage(ChatMessage.Role.USER, said))))
        .orElseGet(() ->
            new Prompt.Tokens(TokenIds.of(random.ints(promptTokens, 0, vocabularySize).toArray())));
  }
}
