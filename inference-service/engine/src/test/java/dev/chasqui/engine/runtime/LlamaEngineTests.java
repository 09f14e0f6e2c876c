package dev.chasqui.engine.runtime;

import static dev.chasqui.engine.runtime.Requests.TEN;
import static dev.chasqui.engine.runtime.Requests.exactly;
import static dev.chasqui.engine.runtime.Requests.greedy;
import static dev.chasqui.engine.runtime.Requests.request;
import static dev.chasqui.engine.runtime.Requests.seeded;
import static dev.chasqui.engine.runtime.Requests.tokens;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chasqui.engine.api.EngineCall;
import dev.chasqui.engine.api.FinishReason;
import dev.chasqui.engine.api.GenerationEvent;
import dev.chasqui.engine.api.GenerationRequest;
import dev.chasqui.engine.api.MarkedText;
import dev.chasqui.engine.api.Prompt;
import dev.chasqui.engine.api.SamplingParameters;
import dev.chasqui.engine.api.SamplingParameters.Penalties;
import dev.chasqui.engine.api.StopCriteria;
import dev.chasqui.engine.api.StopCriteria.EndTokens;
import dev.chasqui.engine.api.TokenIds;
import dev.chasqui.engine.runtime.Answers.Answer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class LlamaEngineTests {

  private LlamaEngine engine = LlamaEngine.open(GoldenModel.LLAMA_3_2.options());

  @AfterEach
  void close() {
    engine.close();
  }

  @Test
  void continuesGreedilyAsTheGoldensSay() {
    checkGreedy(GoldenModel.LLAMA_3_2, engine);
    try (LlamaEngine llama3 = LlamaEngine.open(GoldenModel.LLAMA_3.options())) {
      checkGreedy(GoldenModel.LLAMA_3, llama3);
    }
  }

  private static void checkGreedy(GoldenModel model, LlamaEngine engine) {
    for (GoldenModel.Example example : model.examples()) {
      Answer answer = Answers.of(engine, greedy(example.prompt(), exactly(24)));
      assertThat(answer.ids()).isEqualTo(example.greedy());
      assertThat(answer.finished().reason()).isEqualTo(FinishReason.LENGTH);
      assertThat(answer.finished().usage().completionTokens()).isEqualTo(24);
      assertThat(answer.finished().usage().promptTokens()).isEqualTo(example.prompt().size());
    }
  }

  @Test
  void sequencesHaveNoGap() {
    Answer answer = Answers.of(engine, greedy(tokens(3, 20), TEN));
    assertThat(answer.tokens().stream().map(GenerationEvent.Tokens::sequence))
        .containsExactlyElementsOf(IntStream.range(0, 10).boxed().toList());
  }

  @Test
  void aRequestGivesTheSameWhoeverSharesItsBatch() {
    List<GenerationRequest> requests = Requests.mixed();
    List<Answer> alone = new ArrayList<>();
    for (GenerationRequest request : requests) {
      try (LlamaEngine own = LlamaEngine.open(GoldenModel.LLAMA_3_2.options())) {
        alone.add(Answers.of(own, request));
      }
    }
    assertSame(alone, started(requests));

    // A cache that is too small for all: they join as others leave.
    engine.close();
    engine = LlamaEngine.open(GoldenModel.LLAMA_3_2.options().withKvTokens(256));
    assertSame(alone, started(requests));
  }

  private List<Answers> started(List<GenerationRequest> requests) {
    return requests.stream().map(request -> Answers.start(engine, request)).toList();
  }

  private static void assertSame(List<Answer> expected, List<Answers> started) {
    for (int i = 0; i < expected.size(); i++) {
      Answer answer = started.get(i).await();
      assertThat(answer.tokens()).as("request " + i).isEqualTo(expected.get(i).tokens());
      assertThat(answer.finished().reason()).isEqualTo(expected.get(i).finished().reason());
    }
  }

  @Test
  void resumesAtEveryTokenAsIfItHadNeverStopped() {
    checkEveryCut(SamplingParameters.GREEDY, exactly(24));
    checkEveryCut(seeded(5), new StopCriteria(24, List.of("zzz", "\uFFFDa"), EndTokens.HONOURED));
    String text = Answers.of(engine, request("p", tokens(2, 9), seeded(6), TEN)).text();
    String middle = text.substring(text.length() / 2, text.length() / 2 + 3);
    checkEveryCut(seeded(6), new StopCriteria(10, List.of(middle), EndTokens.IGNORED));
  }

  private void checkEveryCut(SamplingParameters sampling, StopCriteria stop) {
    GenerationRequest whole = request("whole", tokens(2, 9), sampling, stop);
    Answer expected = Answers.of(engine, whole);
    TokenIds ids = expected.ids();
    for (int cut = 0; cut <= ids.size(); cut++) {
      TokenIds committed = TokenIds.of(ids.stream().limit(cut).toArray());
      Answer resumed = Answers.of(engine, Requests.resumed(whole, committed));
      assertThat(resumed.tokens())
          .as("cut at " + cut)
          .isEqualTo(expected.tokens().subList(cut, ids.size()));
      assertThat(resumed.finished().reason()).isEqualTo(expected.finished().reason());
      assertThat(resumed.finished().usage().completionTokens()).isEqualTo(ids.size());
    }
  }

  @Test
  void cancelsWithinAStep() throws Exception {
    CompletableFuture<EngineCall> call = new CompletableFuture<>();
    CompletableFuture<GenerationEvent> last = new CompletableFuture<>();
    List<GenerationEvent> events = new ArrayList<>();
    call.complete(
        engine.generate(
            greedy(tokens(1, 4), exactly(200)),
            event -> {
              events.add(event);
              if (events.size() == 3) {
                call.join().cancel();
              }
              if (event instanceof GenerationEvent.Finished) {
                last.complete(event);
              }
            }));
    GenerationEvent.Finished finished = (GenerationEvent.Finished) last.get(60, TimeUnit.SECONDS);
    assertThat(events).hasSize(4);
    assertThat(finished.reason()).isEqualTo(FinishReason.CANCELLED);
    assertThat(finished.usage().completionTokens()).isEqualTo(3);
    assertThat(call.join().promptTokens()).isEqualTo(finished.usage().promptTokens()).isEqualTo(4);
    call.join().cancel();
  }

  @Test
  void anAnswerWhoseDeadlineHasPassedExpires() {
    GenerationRequest late =
        Requests.by(new GenerationRequest.Identity("l", 0, "a", 0, Optional.of(Instant.EPOCH)));
    Answer answer = Answers.of(engine, late);
    assertThat(answer.finished().reason()).isEqualTo(FinishReason.EXPIRED);
    assertThat(answer.tokens()).isEmpty();
  }

  @Test
  void theContextEndsAnAnswer() {
    Answer answer = Answers.of(engine, greedy(tokens(1, 250), exactly(50)));
    assertThat(answer.ids().size()).isEqualTo(6);
    assertThat(answer.finished().reason()).isEqualTo(FinishReason.LENGTH);
  }

  @Test
  void refusesWithFieldValueLimitAndRemedy() {
    assertFailed(greedy(tokens(1, 256), TEN), "context-length-exceeded", "256 tokens");
    assertFailed(greedy(TokenIds.empty(), TEN), "empty-prompt", "prompt is empty");
    assertFailed(greedy(TokenIds.of(512), TEN), "invalid-request", "token id 512");
    Prompt nothing = new Prompt.Text(MarkedText.user(""));
    assertFailed(
        GenerationRequest.of("x", nothing, SamplingParameters.GREEDY, TEN),
        "empty-prompt",
        "prompt is empty");
    SamplingParameters biased =
        new SamplingParameters(0, 0, 1, 0, Penalties.NONE, Map.of(999, 1f), 0);
    assertFailed(request("x", tokens(1, 2), biased, TEN), "invalid-request", "logit-bias");
  }

  private void assertFailed(GenerationRequest request, String code, String message) {
    Answer answer = Answers.of(engine, request);
    assertThat(answer.failed().code()).isEqualTo(code);
    assertThat(answer.failed().message()).contains(message);
  }

  @Test
  void samePromptsOfOneTenantAreComputedOnce() {
    Answers.of(engine, greedy(tokens(1, 100), TEN));
    Answer again = Answers.of(engine, greedy(tokens(1, 100), TEN));
    assertThat(again.finished().usage().cachedPromptTokens()).isEqualTo(96);
  }

  @Test
  void tenantsShareNothing() {
    GenerationRequest.Identity one =
        new GenerationRequest.Identity("o", 0, "one", 0, Optional.empty());
    GenerationRequest.Identity other =
        new GenerationRequest.Identity("o", 0, "other", 0, Optional.empty());
    Answer first = Answers.of(engine, Requests.by(one));
    Answer second = Answers.of(engine, Requests.by(other));
    assertThat(second.finished().usage().cachedPromptTokens()).isZero();
    assertThat(second.ids()).isEqualTo(first.ids());
  }

  @Test
  void saysNothingAndTakesNothingOnceClosed() {
    Answers endless = Answers.start(engine, greedy(tokens(1, 10), exactly(246)));
    engine.close();
    assertThat(engine.threadState()).isEqualTo(Thread.State.TERMINATED);
    boolean over = endless.isOver();
    assertThatThrownBy(() -> Answers.start(engine, greedy(tokens(1, 2), TEN)))
        .hasMessageContaining("closed");
    assertThat(endless.isOver()).isEqualTo(over);
  }

  @Test
  void isFreeAsSoonAsItSaysThatAnAnswerHasEnded() {
    for (int i = 0; i < 20; i++) {
      Answers.of(engine, greedy(tokens(i, 5), exactly(3)));
      assertThat(engine.load().freeSlots()).isEqualTo(16);
    }
  }

  @Test
  @Timeout(60)
  void parksWhileIdleAndWakesForTheNextRequest() {
    for (int i = 0; i < 50; i++) {
      Answers.of(engine, greedy(tokens(1, 5), exactly(1)));
      while (engine.threadState() != Thread.State.WAITING) {
        Thread.onSpinWait();
      }
    }
  }

  @Test
  void describesTheModel() {
    assertThat(engine.model().backend()).isEqualTo("scalar");
    assertThat(engine.model().vocabularySize()).isEqualTo(512);
    assertThat(engine.model().contextLength()).isEqualTo(256);
    assertThat(engine.model().modelHash()).hasSize(64);
    assertThat(engine.model().specialTokens()).isNotEmpty();
    assertThat(engine.load().kvBlocks()).isEqualTo(128);
    assertThat(engine.load().slots()).isEqualTo(16);
  }
}
