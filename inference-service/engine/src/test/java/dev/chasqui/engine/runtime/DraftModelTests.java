package dev.chasqui.engine.runtime;

import static dev.chasqui.engine.runtime.Requests.exactly;
import static dev.chasqui.engine.runtime.Requests.greedy;
import static dev.chasqui.engine.runtime.Requests.tokens;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chasqui.engine.api.GenerationRequest;
import dev.chasqui.engine.api.InvalidRequestException;
import dev.chasqui.engine.api.Speculation;
import dev.chasqui.engine.api.TokenIds;
import dev.chasqui.engine.draft.Drafter;
import dev.chasqui.engine.runtime.Answers.Answer;
import dev.chasqui.engine.runtime.EngineListener.StepReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * A second model guesses: here the same one, right for greedy answers, often wrong for drawn ones.
 */
class DraftModelTests {

  private static final EngineOptions OPTIONS =
      GoldenModel.LLAMA_3_2.options().withBatch(new EngineOptions.Batch(16, 64, 48));

  private final LoadedModel twin = LoadedModel.open(OPTIONS);

  @AfterEach
  void close() {
    twin.close();
  }

  @Test
  void aModelThatSaysTheSameIsAlwaysRight() {
    DraftModel draft = new DraftModel(twin);
    List<GenerationRequest> requests =
        List.of(greedy(tokens(1, 9), exactly(60)), greedy(tokens(2, 90), exactly(50)));
    Run guessed = run(requests, (wanted, tokens) -> draft.drafter());
    assertThat(guessed.tokens()).isEqualTo(plain(requests).tokens());
    assertThat(guessed.accepted()).isEqualTo(guessed.drafted()).isGreaterThan(90);
    assertThat(draft.usedBlocks()).isZero();
  }

  @Test
  void answersAreTheSameWhateverItSays() {
    List<GenerationRequest> requests = new ArrayList<>(Requests.mixed());
    requests.addAll(Requests.growing());
    Run plain = plain(requests);
    DraftModel same = new DraftModel(twin);
    Run guessed = run(requests, (wanted, tokens) -> same.drafter());
    assertThat(guessed.tokens()).isEqualTo(plain.tokens());
    assertThat(guessed.accepted()).isPositive().isLessThan(guessed.drafted());
    assertThat(same.usedBlocks()).isZero();
  }

  @Test
  void guessesNothingWhereItsCacheOrContextEnds() {
    EngineOptions tight =
        OPTIONS.withCache(new EngineOptions.Cache(OptionalInt.of(48), OptionalInt.of(64), 8));
    try (LoadedModel small = LoadedModel.open(tight)) {
      DraftModel draft = new DraftModel(small);
      List<GenerationRequest> requests =
          List.of(greedy(tokens(1, 20), exactly(60)), greedy(tokens(2, 30), exactly(60)));
      Run guessed = run(requests, (wanted, tokens) -> draft.drafter());
      assertThat(guessed.tokens()).isEqualTo(plain(requests).tokens());
      assertThat(guessed.accepted()).isBetween(1, 60);
      assertThat(draft.usedBlocks()).isZero();
    }
  }

  @Test
  void anEngineGuessesWithItsDraftModelWhereARequestWantsThat() {
    EngineOptions options = OPTIONS.withDraftModel(Optional.of(OPTIONS.model()));
    TokenIds expected =
        plain(List.of(greedy(tokens(1, 9), exactly(40)))).answers().getFirst().ids();
    List<StepReport> reports = new CopyOnWriteArrayList<>();
    EngineListener listener =
        new EngineListener() {
          @Override
          public void onStep(StepReport step) {
            reports.add(step);
          }
        };
    try (LlamaEngine engine = LlamaEngine.open(options, listener)) {
      GenerationRequest request =
          greedy(tokens(1, 9), exactly(40)).withSpeculation(Speculation.DRAFT);
      assertThat(Answers.of(engine, request).ids()).isEqualTo(expected);
    }
    int accepted = reports.stream().mapToInt(report -> report.drafts().accepted()).sum();
    assertThat(accepted).isGreaterThan(25);
  }

  @Test
  void answersGoOnWithoutAModelThatFails() {
    List<GenerationRequest> requests = List.of(greedy(tokens(1, 9), exactly(60)));
    int[] calls = new int[1];
    Forward failing =
        step -> {
          if (++calls[0] == 20) {
            throw new IllegalStateException("the device is gone");
          }
          return twin.forward(step);
        };
    DraftModel draft = new DraftModel(failing, twin.kvShape(), 256);
    Run guessed = run(requests, (wanted, tokens) -> draft.drafter());
    assertThat(guessed.tokens()).isEqualTo(plain(requests).tokens());
    assertThat(calls[0]).isEqualTo(20);
    assertThat(draft.usedBlocks()).isZero();
  }

  @Test
  void refusesAModelOfOtherWords() {
    EngineOptions options =
        OPTIONS.withDraftModel(
            Optional.of(new GoldenModel("gguf-02-llama2-gqa", "Q4_1").options().model()));
    assertThatThrownBy(() -> LoadedModel.open(options))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining("draft-model is")
        .hasMessageContaining("from token");
  }

  private record Run(List<Answer> answers, List<StepReport> reports) {

    List<?> tokens() {
      return answers.stream().map(Answer::tokens).toList();
    }

    int drafted() {
      return reports.stream().mapToInt(report -> report.drafts().tokens()).sum();
    }

    int accepted() {
      return reports.stream().mapToInt(report -> report.drafts().accepted()).sum();
    }
  }

  private static Run plain(List<GenerationRequest> requests) {
    return run(requests, (wanted, tokens) -> Drafter.NONE);
  }

  private static Run run(List<GenerationRequest> requests, Drafters drafters) {
    try (LoopOnThisThread engine = new LoopOnThisThread(OPTIONS, drafters)) {
      List<Answers> started = new ArrayList<>();
      for (GenerationRequest request : requests) {
        started.add(new Answers());
        engine.generate(request, started.getLast());
      }
      engine.run();
      return new Run(started.stream().map(Answers::await).toList(), engine.reports);
    }
  }
}
