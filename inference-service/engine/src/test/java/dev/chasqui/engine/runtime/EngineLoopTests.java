package dev.chasqui.engine.runtime;

import static dev.chasqui.engine.runtime.Requests.TEN;
import static dev.chasqui.engine.runtime.Requests.exactly;
import static dev.chasqui.engine.runtime.Requests.greedy;
import static dev.chasqui.engine.runtime.Requests.tokens;
import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.engine.api.DeviceFailureException;
import dev.chasqui.engine.api.Engine;
import dev.chasqui.engine.api.FinishReason;
import dev.chasqui.engine.api.GenerationEvent;
import dev.chasqui.engine.api.GenerationRequest;
import dev.chasqui.engine.backend.Logits;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EngineLoopTests {

  private final LoopOnThisThread engine = new LoopOnThisThread(GoldenModel.LLAMA_3_2.options());

  @AfterEach
  void close() {
    engine.close();
  }

  @Test
  void eightSequencesTakeOneForwardCallAStep() {
    List<Answers> answers = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      answers.add(started(greedy(tokens(i, 1 + i % 3), TEN)));
    }
    engine.run();
    assertThat(engine.steps).hasSize(10).allMatch(step -> step.slices().size() == 8);
    assertThat(engine.steps.getFirst().rows()).isEqualTo(15);
    assertThat(engine.steps.subList(1, 10)).allMatch(step -> step.rows() == 8);
    assertThat(answers).allMatch(answer -> answer.await().ids().size() == 10);
    assertThat(engine.cache.freeBlocks()).isEqualTo(128);
  }

  @Test
  void sequencesJoinAndLeaveAtAnyStep() {
    Answers late = new Answers();
    engine.generate(
        greedy(tokens(1, 4), exactly(6)),
        event -> {
          if (event instanceof GenerationEvent.Tokens token && token.sequence() == 2) {
            engine.generate(greedy(tokens(2, 4), exactly(6)), late);
          }
        });
    engine.run();
    assertThat(engine.steps.stream().map(step -> step.slices().size()))
        .containsExactly(1, 1, 1, 2, 2, 2, 1, 1, 1);
    assertThat(late.await().ids().size()).isEqualTo(6);
  }

  @Test
  void preemptedAnswersAreTheSame() {
    List<Answers> roomy = Requests.growing().stream().map(this::started).toList();
    engine.run();
    EngineOptions tight = GoldenModel.LLAMA_3_2.options().withKvTokens(256);
    try (LoopOnThisThread small = new LoopOnThisThread(tight)) {
      List<Answers> cramped = new ArrayList<>();
      for (GenerationRequest request : Requests.growing()) {
        cramped.add(new Answers());
        small.generate(request, cramped.getLast());
      }
      small.run();
      assertThat(small.reports.stream().mapToInt(EngineListener.StepReport::preemptions).sum())
          .isPositive();
      assertThat(cramped.stream().map(answers -> answers.await().tokens()))
          .isEqualTo(roomy.stream().map(answers -> answers.await().tokens()).toList());
      assertThat(small.cache.freeBlocks()).isEqualTo(32);
    }
  }

  @Test
  void aModelFailureFailsTheSequencesOfThatStepAndNoOthers() {
    Forward sound = engine.forward;
    engine.forward =
        step -> {
          engine.forward = sound;
          throw new IllegalArgumentException("no such kernel");
        };
    List<Answers> first = List.of(started(greedy(tokens(1, 4), TEN)), new Answers());
    Answers later = new Answers();
    engine.generate(
        greedy(tokens(2, 4), TEN),
        event -> {
          first.get(1).onEvent(event);
          engine.generate(greedy(tokens(2, 4), TEN), later);
        });
    engine.run();
    for (Answers answer : first) {
      assertThat(answer.await().failed().code()).isEqualTo("engine-error");
      assertThat(answer.await().failed().message()).contains("no such kernel");
    }
    assertThat(later.await().ids().size()).isEqualTo(10);
    assertThat(engine.cache.freeBlocks()).isEqualTo(128);
  }

  @Test
  void logitsThatAreNoNumbersFailTheirRequestOnly() {
    Forward sound = engine.forward;
    engine.forward =
        step -> {
          Logits logits = sound.forward(step);
          int rows = logits.rows();
          float[] values = new float[rows * 512];
          for (int i = 0; i < rows; i++) {
            System.arraycopy(logits.row(i), 0, values, i * 512, 512);
          }
          values[77] = Float.NaN;
          return new Logits(values, rows, 512);
        };
    Answers broken = started(greedy(tokens(1, 4), TEN));
    Answers sane = started(greedy(tokens(2, 4), exactly(1)));
    engine.run();
    assertThat(broken.await().failed().message()).contains("logit of token 77 is NaN");
    assertThat(sane.await().ids().size()).isEqualTo(1);
  }

  @Test
  void anErrorFailsEverythingFromThenOnWithItsReason() {
    engine.forward =
        step -> {
          throw new OutOfMemoryError("device memory");
        };
    Answers first = started(greedy(tokens(1, 4), TEN));
    Answers second = new Answers();
    engine.generate(
        greedy(tokens(2, 4), TEN), event -> engine.generate(greedy(tokens(3, 4), TEN), second));
    engine.run();
    assertThat(first.await().failed().message()).contains("device memory");
    assertThat(second.await().failed().message()).contains("device memory");
    assertThat(engine.steps).hasSize(1);
  }

  @Test
  void aLostDeviceEndsAllCallsSoThatTheyCanGoOnElsewhere() {
    engine.forward =
        step -> {
          throw new DeviceFailureException("cudaErrorIllegalAddress");
        };
    Answers first = started(greedy(tokens(1, 4), TEN));
    Answers second = new Answers();
    engine.generate(
        greedy(tokens(2, 4), TEN), event -> engine.generate(greedy(tokens(3, 4), TEN), second));
    engine.run();
    assertThat(first.await().failed().code()).isEqualTo(Engine.DEVICE_LOST);
    assertThat(second.await().failed().code()).isEqualTo(Engine.DEVICE_LOST);
    assertThat(second.await().failed().message()).contains("cudaErrorIllegalAddress");
    assertThat(engine.steps).hasSize(1);
  }

  @Test
  void aListenerThatThrowsHarmsNobody() {
    engine.generate(
        greedy(tokens(1, 4), TEN),
        event -> {
          if (event instanceof GenerationEvent.Tokens tokens && tokens.sequence() == 4) {
            throw new IllegalStateException("a listener's bug");
          }
        });
    Answers other = started(greedy(tokens(2, 4), TEN));
    engine.run();
    assertThat(other.await().ids().size()).isEqualTo(10);
  }

  @Test
  void whatIsCancelledBeforeItBeginsComputesNothing() {
    Answers answer = new Answers();
    engine.generate(greedy(tokens(1, 4), TEN), answer).cancel();
    engine.run();
    assertThat(answer.await().finished().reason()).isEqualTo(FinishReason.CANCELLED);
    assertThat(answer.await().tokens()).isEmpty();
    assertThat(engine.steps).isEmpty();
  }

  @Test
  void anAnswerExpiresInItsMiddle() {
    Instant deadline = engine.now.plusSeconds(5);
    GenerationRequest.Identity identity =
        new GenerationRequest.Identity("x", 0, "a", 0, Optional.of(deadline));
    Answers answer = new Answers();
    engine.generate(
        Requests.by(identity),
        event -> {
          answer.onEvent(event);
          if (event instanceof GenerationEvent.Tokens token && token.sequence() == 3) {
            engine.now = deadline;
          }
        });
    engine.run();
    assertThat(answer.await().finished().reason()).isEqualTo(FinishReason.EXPIRED);
    assertThat(answer.await().ids().size()).isEqualTo(4);
  }

  @Test
  void reportsWhatEachStepDid() {
    started(greedy(tokens(1, 40), exactly(3)));
    engine.run();
    assertThat(engine.reports.stream().map(EngineListener.StepReport::prefillTokens))
        .containsExactly(32, 8, 0, 0);
    assertThat(engine.reports.stream().map(EngineListener.StepReport::decodeTokens))
        .containsExactly(0, 0, 1, 1);
    assertThat(engine.reports.getLast().cache().lookedUpTokens()).isEqualTo(39);
  }

  private Answers started(GenerationRequest request) {
    Answers answers = new Answers();
    engine.generate(request, answers);
    return answers;
  }
}
