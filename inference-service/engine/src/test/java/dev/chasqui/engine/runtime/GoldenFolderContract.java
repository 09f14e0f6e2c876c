package dev.chasqui.engine.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.chasqui.engine.api.ClassificationEvent;
import dev.chasqui.engine.api.ClassificationRequest;
import dev.chasqui.engine.api.Engine;
import dev.chasqui.engine.api.InvalidRequestException;
import dev.chasqui.engine.api.Prompt;
import dev.chasqui.engine.api.TokenIds;
import dev.chasqui.engine.model.GoldenModel;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The whole engine on checkpoints that are folders, on any backend. */
public abstract class GoldenFolderContract {

  /** Returns the name of the backend to test. */
  protected abstract String backend();

  /**
   * 09 stretches its rotations with the length of the sequence: what was computed with fewer tokens
   * is void, also in chunks, beside others and after its blocks were shared.
   */
  @ParameterizedTest
  @ValueSource(strings = {"09-dynamic-ntk", "02-llama2-gqa", "10-bias", "14b-meta-llama2-mp2"})
  void answersAsTheReferenceManyAtOnce(String name) {
    GoldenModel golden = GoldenModel.of(name);
    try (LoopOnThisThread loop = new LoopOnThisThread(options(golden))) {
      List<Answers> answers = new ArrayList<>();
      for (int copy = 0; copy < 2; copy++) {
        for (GoldenModel.Case example : golden.cases()) {
          Answers answer = new Answers();
          TokenIds prompt = TokenIds.of(example.tokens());
          loop.generate(Requests.greedy(prompt, Requests.exactly(example.greedy().length)), answer);
          answers.add(answer);
        }
      }
      loop.run();
      for (int i = 0; i < answers.size(); i++) {
        GoldenModel.Case example = golden.cases().get(i % golden.cases().size());
        assertThat(answers.get(i).await().ids()).isEqualTo(TokenIds.of(example.greedy()));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"09-dynamic-ntk", "02-llama2-gqa", "11-sharded", "14-meta-llama3-mp2"})
  void logitsOfAPromptAreThoseOfTheReference(String name) {
    GoldenModel golden = GoldenModel.of(name);
    try (LoadedModel model = LoadedModel.open(options(golden))) {
      for (GoldenModel.Case example : golden.cases()) {
        PromptLogits logits = model.logits(TokenIds.of(example.tokens()));
        assertThat(logits.last()).containsExactly(example.lastLogits(), within(tolerance(golden)));
        assertThat(logits.best().stream().mapToInt(best -> best.ids().get(0)).toArray())
            .containsExactly(example.best());
      }
    }
  }

  /** Float32 has the golden's own; rounding activations costs more. */
  private float tolerance(GoldenModel golden) {
    return backend().equals("native") ? 1e-3f : golden.tolerance();
  }

  @ParameterizedTest
  @ValueSource(strings = "12-seqcls")
  void aClassifierScoresAndDoesNotWrite(String name) {
    GoldenModel golden = GoldenModel.of(name);
    try (LoopOnThisThread loop = new LoopOnThisThread(options(golden))) {
      for (JsonNode example : golden.golden().get("prompts")) {
        TokenIds ids =
            TokenIds.of(example.get("tokens").valueStream().mapToInt(JsonNode::intValue).toArray());
        assertThat(loop.model.classify(new Prompt.Tokens(ids)))
            .containsExactly(new float[] {example.get("score").floatValue()}, within(1e-3f));
      }
      Answers answer = new Answers();
      loop.generate(Requests.greedy(TokenIds.of(1, 2), Requests.TEN), answer);
      loop.run();
      assertThat(answer.await().failed().message()).contains("it has a classifier head");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = "12-seqcls")
  void anEngineClassifiesManyTextsAtOnce(String name) {
    GoldenModel golden = GoldenModel.of(name);
    try (Engine engine = LlamaEngine.open(options(golden))) {
      List<CompletableFuture<ClassificationEvent>> events = new ArrayList<>();
      for (JsonNode example : golden.golden().get("prompts")) {
        TokenIds ids =
            TokenIds.of(example.get("tokens").valueStream().mapToInt(JsonNode::intValue).toArray());
        CompletableFuture<ClassificationEvent> event = new CompletableFuture<>();
        engine.classify(
            new ClassificationRequest("c", "acme", new Prompt.Tokens(ids)), event::complete);
        events.add(event);
      }
      for (int i = 0; i < events.size(); i++) {
        ClassificationEvent event = events.get(i).orTimeout(60, TimeUnit.SECONDS).join();
        assertThat(event).isInstanceOf(ClassificationEvent.Classified.class);
        float score = ((ClassificationEvent.Classified) event).labels().getFirst();
        assertThat(score)
            .isCloseTo(
                golden.golden().get("prompts").get(i).get("score").floatValue(), within(1e-3f));
      }
    }
  }

  @Test
  void anEngineOfALanguageModelSaysThatItCannotClassify() {
    try (Engine engine = LlamaEngine.open(options(GoldenModel.of("10-bias")))) {
      CompletableFuture<ClassificationEvent> event = new CompletableFuture<>();
      Prompt prompt = new Prompt.Tokens(TokenIds.of(1));
      engine.classify(new ClassificationRequest("c", "acme", prompt), event::complete);
      assertThat(event.orTimeout(60, TimeUnit.SECONDS).join())
          .isInstanceOfSatisfying(
              ClassificationEvent.Failed.class,
              failed -> assertThat(failed.message()).contains("without a classifier head"));
    }
  }

  @Test
  void aLanguageModelDoesNotClassify() {
    try (LoadedModel model = LoadedModel.open(options(GoldenModel.of("10-bias")))) {
      assertThatThrownBy(() -> model.classify(new Prompt.Tokens(TokenIds.of(1))))
          .isInstanceOf(InvalidRequestException.class)
          .hasMessageContaining("without a classifier head");
    }
  }

  private EngineOptions options(GoldenModel model) {
    return EngineOptions.of(model.file())
        .withBackend(backend())
        .withThreads(1)
        .withCache(new EngineOptions.Cache(OptionalInt.of(256), OptionalInt.of(640), 8))
        .withBatch(new EngineOptions.Batch(16, 48));
  }
}
