package dev.chasqui.engine.runtime;

import static dev.chasqui.engine.runtime.Requests.exactly;
import static dev.chasqui.engine.runtime.Requests.greedy;
import static dev.chasqui.engine.runtime.Requests.tokens;
import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.engine.api.GenerationRequest;
import dev.chasqui.engine.api.GenerationRequest.Identity;
import dev.chasqui.engine.api.Prompt;
import dev.chasqui.engine.api.SamplingParameters;
import dev.chasqui.engine.api.TokenIds;
import dev.chasqui.engine.checkpoint.ModelConfig;
import dev.chasqui.engine.checkpoint.RandomCheckpoint;
import dev.chasqui.engine.checkpoint.Rope;
import dev.chasqui.engine.checkpoint.RopeScaling;
import dev.chasqui.engine.draft.Drafter;
import dev.chasqui.engine.runtime.Answers.Answer;
import dev.chasqui.engine.runtime.EngineListener.StepReport;
import dev.chasqui.engine.tensor.Dtype;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What many requests cost together, and that each gets the answer it would get alone. */
class ConcurrencyTests {

  private static final int BLOCK = 8;
  private static final int PREFIX = 700;
  private static final int OWN = 100;

  @ParameterizedTest
  @CsvSource({"scalar, OFF", "scalar, LOOKUP", "vector, LOOKUP"})
  void thirtyTwoRequestsOfMixedLengthAnswerAsEachAlone(String backend, String speculation) {
    EngineOptions options =
        GoldenModel.LLAMA_3_2
            .options()
            .withBackend(backend)
            .withCache(new EngineOptions.Cache(OptionalInt.of(256), OptionalInt.of(8192), BLOCK))
            .withBatch(new EngineOptions.Batch(32, 1024, 48));
    List<GenerationRequest> requests = ofMixedLength();
    List<List<Answer>> answers = new ArrayList<>();
    try (LoopOnThisThread engine = new LoopOnThisThread(options)) {
      List<Answer> alone = new ArrayList<>();
      for (GenerationRequest request : requests) {
        alone.addAll(answers(engine, List.of(request)));
      }
      answers.add(alone);
    }
    Drafters drafters =
        speculation.equals("OFF") ? (wanted, tokens) -> Drafter.NONE : Drafters.LOOKUP;
    try (LoopOnThisThread engine = new LoopOnThisThread(options, drafters)) {
      checkBlocks(engine);
      answers.add(answers(engine, requests));
      assertThat(engine.steps.stream().anyMatch(step -> step.slices().size() == 32)).isTrue();
      assertThat(engine.cache.use().usedBlocks()).isZero();
    }
    for (int i = 0; i < requests.size(); i++) {
      assertThat(answers.get(1).get(i).tokens())
          .as("request " + i)
          .isEqualTo(answers.get(0).get(i).tokens());
    }
  }

  /** Every sequence that holds blocks takes part: its last one is partly filled, no other. */
  private static void checkBlocks(LoopOnThisThread engine) {
    Forward forward = engine.forward;
    engine.forward =
        step -> {
          int filled =
              step.slices().stream()
                  .mapToInt(slice -> Math.ceilDiv(slice.endPosition(), BLOCK))
                  .sum();
          assertThat(engine.cache.use().usedBlocks()).isLessThanOrEqualTo(filled);
          return forward.forward(step);
        };
  }

  private static List<GenerationRequest> ofMixedLength() {
    Random random = new Random(7);
    List<GenerationRequest> requests = new ArrayList<>();
    for (int i = 0; i < 32; i++) {
      TokenIds prompt = tokens(i, 1 + random.nextInt(i % 4 == 0 ? 180 : 40));
      requests.add(greedy(prompt, exactly(20 + random.nextInt(40))));
    }
    return requests;
  }

  /** All are there at the first step: one computes the prefix, the others take it over. */
  @Test
  void aPrefixThatManyShareIsComputedOnce() {
    Prefill shared = prefill(i -> "one tenant");
    Prefill apart = prefill(i -> "tenant " + i);
    assertThat(apart.tokens()).isEqualTo(64 * (PREFIX + OWN));
    int ownAndRestOfBlock = OWN + PREFIX % BLOCK;
    assertThat(shared.tokens()).isEqualTo(PREFIX + OWN + 63 * ownAndRestOfBlock);
    assertThat(apart.tokens()).isGreaterThan(5 * shared.tokens());
    for (int i = 0; i < 64; i++) {
      assertThat(shared.answers().get(i).tokens()).isEqualTo(apart.answers().get(i).tokens());
    }
    assertThat(shared.answers().stream().map(Answer::ids).distinct().count()).isGreaterThan(10);
  }

  private record Prefill(List<Answer> answers, int tokens) {}

  private static Prefill prefill(IntFunction<String> tenant) {
    EngineOptions options =
        EngineOptions.of(Path.of("random"))
            .withBackend("vector")
            .withThreads(2)
            .withCache(new EngineOptions.Cache(OptionalInt.of(1024), OptionalInt.of(65536), BLOCK))
            .withBatch(new EngineOptions.Batch(64, 256));
    try (LoopOnThisThread engine =
        new LoopOnThisThread(
            LoadedModel.open(options, RandomCheckpoint.of(small(), Dtype.BF16)),
            options.batch(),
            (wanted, tokens) -> Drafter.NONE)) {
      List<GenerationRequest> requests = new ArrayList<>();
      for (int i = 0; i < 64; i++) {
        requests.add(
            new GenerationRequest(
                new Identity("r" + i, 0, tenant.apply(i), 0, Optional.empty()),
                new Prompt.Tokens(tokens(1, PREFIX).plus(tokens(2 + i, OWN))),
                SamplingParameters.GREEDY,
                exactly(4),
                TokenIds.empty()));
      }
      List<Answer> answers = answers(engine, requests);
      return new Prefill(
          answers, engine.reports.stream().mapToInt(StepReport::prefillTokens).sum());
    }
  }

  private static ModelConfig small() {
    Rope rope = new Rope(10_000, 16, Rope.Pairing.INTERLEAVED, new RopeScaling.None());
    return new ModelConfig("small", 512, 64, 2, 4, 2, 16, 128, 1e-5f, rope, 1024, true, 0);
  }

  private static List<Answer> answers(LoopOnThisThread engine, List<GenerationRequest> requests) {
    List<Answers> started = new ArrayList<>();
    for (GenerationRequest request : requests) {
      started.add(new Answers());
      engine.generate(request, started.getLast());
    }
    engine.run();
    return started.stream().map(Answers::await).toList();
  }
}
