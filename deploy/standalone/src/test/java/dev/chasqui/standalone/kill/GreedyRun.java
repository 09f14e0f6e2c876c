package dev.chasqui.standalone.kill;

import dev.chasqui.engine.api.GenerationEvent;
import dev.chasqui.engine.api.GenerationRequest;
import dev.chasqui.engine.api.MarkedText;
import dev.chasqui.engine.api.Prompt;
import dev.chasqui.engine.api.SamplingParameters;
import dev.chasqui.engine.api.StopCriteria;
import dev.chasqui.engine.runtime.EngineOptions;
import dev.chasqui.engine.runtime.LlamaEngine;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Prompts and what an undisturbed engine answers them greedily.
 *
 * @param prompts raw prompt by request id
 * @param answers token ids by request id
 * @param maxTokens most tokens of an answer
 */
record GreedyRun(Map<String, String> prompts, Map<String, List<Integer>> answers, int maxTokens) {

  /** Keeps the golden models' control tokens (ids 496 to 511) out, so that answers are long. */
  static final Map<Integer, Float> LONG_ANSWERS =
      IntStream.range(496, 512).boxed().collect(Collectors.toMap(id -> id, _ -> -1000f));

  private static final SamplingParameters SAMPLING =
      new SamplingParameters(0, 0, 1, 0, SamplingParameters.Penalties.NONE, LONG_ANSWERS, 0);

  /**
   * Answers prompts in this process, without Kafka.
   *
   * @param model the checkpoint
   * @param count how many prompts
   * @param maxTokens most tokens of an answer
   * @return prompts and answers
   */
  static GreedyRun of(Path model, int count, int maxTokens) {
    Map<String, String> prompts =
        IntStream.range(0, count)
            .boxed()
            .collect(
                Collectors.toMap(
                    "request-%02d"::formatted,
                    number -> "Tell me about number " + number + ".",
                    (first, _) -> first,
                    TreeMap::new));
    try (LlamaEngine engine =
        LlamaEngine.open(EngineOptions.of(model).withBackend("scalar").withThreads(2))) {
      Map<String, CompletableFuture<List<Integer>>> running = new TreeMap<>();
      prompts.forEach((id, text) -> running.put(id, answer(engine, id, text, maxTokens)));
      Map<String, List<Integer>> answers = new TreeMap<>();
      running.forEach((id, answer) -> answers.put(id, answer.join()));
      return new GreedyRun(prompts, answers, maxTokens);
    }
  }

  private static CompletableFuture<List<Integer>> answer(
      LlamaEngine engine, String id, String text, int maxTokens) {
    CompletableFuture<List<Integer>> answer = new CompletableFuture<>();
    List<Integer> tokens = new ArrayList<>();
    engine.generate(
        GenerationRequest.of(
            id,
            new Prompt.Text(MarkedText.user(text)),
            SAMPLING,
            StopCriteria.maxTokens(maxTokens)),
        event -> {
          switch (event) {
            case GenerationEvent.Tokens some -> some.tokenIds().stream().forEach(tokens::add);
            case GenerationEvent.Finished _ -> answer.complete(List.copyOf(tokens));
            case GenerationEvent.Failed failed ->
                answer.completeExceptionally(new IllegalStateException(failed.message()));
          }
        });
    return answer;
  }
}
