package dev.chasqui.cli.engine;

import dev.chasqui.cli.CommandException;
import dev.chasqui.engine.api.ChatMessage;
import dev.chasqui.engine.api.Engine;
import dev.chasqui.engine.api.GenerationEvent;
import dev.chasqui.engine.api.GenerationRequest;
import dev.chasqui.engine.api.Logprobs;
import dev.chasqui.engine.api.MarkedText;
import dev.chasqui.engine.api.Prompt;
import dev.chasqui.engine.api.SamplingParameters;
import dev.chasqui.engine.api.StopCriteria;
import dev.chasqui.engine.api.TokenIds;
import dev.chasqui.engine.runtime.EngineOptions;
import dev.chasqui.engine.runtime.LlamaEngine;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** An engine that answers the prompts of one command, several at once. */
final class Generations implements AutoCloseable {

  /** Handed over ahead of those that run, so that a place that falls free is taken at once. */
  private static final int AHEAD = 16;

  /** Room for what a chat template adds. */
  private static final int TEMPLATE_TOKENS = 1024;

  private static final int USUAL_KV_TOKENS = 8192;

  private final Engine engine;
  private final EngineOptions options;
  private final SamplingParameters sampling;
  private final StopCriteria stop;
  private final UnaryOperator<GenerationRequest> change;

  private Generations(
      Engine engine,
      EngineOptions options,
      SamplingParameters sampling,
      StopCriteria stop,
      UnaryOperator<GenerationRequest> change) {
    this.engine = engine;
    this.options = options;
    this.sampling = sampling;
    this.stop = stop;
    this.change = change;
  }

  /** Loads a model with room for these prompts; the caller closes it. */
  static Generations open(
      EngineOptions options,
      SamplingOptions sampling,
      UnaryOperator<GenerationRequest> change,
      List<Prompt> prompts) {
    SamplingParameters parameters = sampling.parameters();
    StopCriteria stop = sampling.stopCriteria();
    EngineOptions sized =
        options.withKvTokens(kvTokens(prompts, stop.maxTokens(), options.batch().maxSequences()));
    return new Generations(LlamaEngine.open(sized), sized, parameters, stop, change);
  }

  /** An upper bound, for there is no tokenizer yet: a token is at least one byte of text. */
  private static int kvTokens(List<Prompt> prompts, int maxTokens, int atOnce) {
    List<Long> largest =
        prompts.stream()
            .map(prompt -> mostTokens(prompt) + maxTokens)
            .sorted(Comparator.reverseOrder())
            .limit(atOnce)
            .toList();
    long all = largest.stream().mapToLong(Long::longValue).sum();
    long one = largest.isEmpty() ? 1 : largest.getFirst();
    return Math.clamp(Math.max(one, Math.min(all, USUAL_KV_TOKENS)), 2, Integer.MAX_VALUE);
  }

  private static long mostTokens(Prompt prompt) {
    return switch (prompt) {
      case Prompt.Tokens(TokenIds ids) -> ids.size();
      case Prompt.Text(MarkedText text) -> 2 + bytes(text.text());
      case Prompt.Infill(String prefix, String suffix, _) -> 5 + bytes(prefix) + bytes(suffix);
      case Prompt.Chat(List<ChatMessage> messages, _, _) ->
          TEMPLATE_TOKENS + messages.stream().mapToLong(message -> bytes(message.content())).sum();
    };
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  /** Takes the outcomes in the order of their prompts. */
  interface OutcomeSink {
    void accept(int index, Outcome outcome) throws IOException;
  }

  /** Generates one answer; its text is passed on as it is made. */
  Answer run(Prompt prompt, Consumer<String> text) {
    return switch (start(prompt).await(text)) {
      case Answer answer -> answer;
      case Outcome.Failure(String code, String message) ->
          throw new CommandException("%s (%s)".formatted(message, code));
    };
  }

  /** Generates all answers; a prompt that fails does not hold up the others. */
  void runAll(List<Prompt> prompts, OutcomeSink sink) throws IOException {
    int window = options.batch().maxSequences() + AHEAD;
    Deque<Pending> pending = new ArrayDeque<>();
    int next = 0;
    for (int index = 0; index < prompts.size(); index++) {
      while (next < prompts.size() && next < index + window) {
        pending.add(start(prompts.get(next)));
        next++;
      }
      sink.accept(index, pending.remove().await(text -> {}));
    }
  }

  private Pending start(Prompt prompt) {
    Pending pending = new Pending();
    GenerationRequest request = GenerationRequest.of("cli", prompt, sampling, stop);
    engine.generate(change.apply(request), pending::add);
    return pending;
  }

  /** An answer on its way: the engine's thread puts events in, the command's takes them out. */
  private static final class Pending {

    private final BlockingQueue<GenerationEvent> events = new LinkedBlockingQueue<>();

    void add(GenerationEvent event) {
      events.add(event);
    }

    Outcome await(Consumer<String> listener) {
      TokenIds tokens = TokenIds.empty();
      StringBuilder text = new StringBuilder();
      List<Logprobs> logprobs = new ArrayList<>();
      while (true) {
        switch (take()) {
          case GenerationEvent.Tokens more -> {
            tokens = tokens.plus(more.tokenIds());
            text.append(more.text());
            logprobs.addAll(more.logprobs());
            listener.accept(more.text());
          }
          case GenerationEvent.Finished finished -> {
            return new Answer(tokens, text.toString(), logprobs, finished);
          }
          case GenerationEvent.Failed(String code, String message) -> {
            return new Outcome.Failure(code, message);
          }
        }
      }
    }

    private GenerationEvent take() {
      try {
        return events.take();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new CommandException("interrupted", e);
      }
    }
  }

  @Override
  public void close() {
    engine.close();
  }
}
