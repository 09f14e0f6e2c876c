package dev.chasqui.engine.runtime;

import static dev.chasqui.engine.runtime.Requests.exactly;
import static dev.chasqui.engine.runtime.Requests.greedy;
import static dev.chasqui.engine.runtime.Requests.tokens;
import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.engine.api.AnswerShape;
import dev.chasqui.engine.api.EngineCall;
import dev.chasqui.engine.api.FinishReason;
import dev.chasqui.engine.api.GenerationRequest;
import dev.chasqui.engine.api.GenerationRequest.Identity;
import dev.chasqui.engine.api.Prompt;
import dev.chasqui.engine.api.ResponseFormat;
import dev.chasqui.engine.api.Speculation;
import dev.chasqui.engine.api.TokenIds;
import dev.chasqui.engine.draft.Drafter;
import dev.chasqui.engine.grammar.Schemas;
import dev.chasqui.engine.runtime.Answers.Answer;
import dev.chasqui.engine.runtime.EngineListener.StepReport;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is guessed, and however wrong it is: answers are those of no guesses at all. */
class SpeculationTests {

  private static final EngineOptions OPTIONS =
      GoldenModel.LLAMA_3_2.options().withBatch(new EngineOptions.Batch(16, 64, 48));

  @ParameterizedTest
  @CsvSource({"scalar, 0", "scalar, 0.5", "scalar, 0.8", "scalar, 1", "vector, 0.7", "vector, 1"})
  void answersAreTheSame(String backend, double rightShare) {
    EngineOptions options = OPTIONS.withBackend(backend);
    List<GenerationRequest> requests = allKinds();
    List<Answer> plain = Run.of(options, requests).answers();
    Run guessed = Run.of(options, requests, Oracles.of(requests, plain, rightShare));
    assertSame(guessed.answers(), plain);
    assertThat(guessed.drafted()).isGreaterThan(rightShare == 1 ? 400 : 200);
    if (rightShare > 0.5) {
      assertThat(guessed.accepted()).isGreaterThan(200);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"scalar", "vector"})
  void answersThatLookBackAreTheSame(String backend) {
    EngineOptions options = OPTIONS.withBackend(backend);
    List<GenerationRequest> requests = allKinds();
    requests.addAll(repetitive());
    Run looking = Run.of(options, requests, Drafters.LOOKUP);
    assertSame(looking.answers(), Run.of(options, requests).answers());
    assertThat(looking.accepted()).isPositive();
  }

  @Test
  void answersThatArePreemptedAreTheSame() {
    EngineOptions tight = OPTIONS.withKvTokens(256);
    List<GenerationRequest> requests = Requests.growing();
    List<Answer> plain = Run.of(OPTIONS, requests).answers();
    Run guessed = Run.of(tight, requests, Oracles.of(requests, plain, 0.8));
    assertSame(guessed.answers(), plain);
    assertThat(guessed.reports.stream().mapToInt(StepReport::preemptions).sum()).isPositive();
    assertThat(guessed.accepted()).isPositive();
  }

  /** Its rotations change with every token beyond the context that it was trained for. */
  @Test
  void answersOfAModelThatStretchesItsRotationsAreTheSame() {
    var golden = dev.chasqui.engine.model.GoldenModel.of("09-dynamic-ntk");
    EngineOptions options =
        EngineOptions.of(golden.file())
            .withBackend("scalar")
            .withCache(new EngineOptions.Cache(OptionalInt.of(256), OptionalInt.of(640), 8))
            .withBatch(new EngineOptions.Batch(16, 48, 32));
    List<GenerationRequest> requests = new ArrayList<>();
    for (var example : golden.cases()) {
      requests.add(greedy(TokenIds.of(example.tokens()), exactly(example.greedy().length)));
    }
    List<Answer> plain = Run.of(options, requests).answers();
    Run guessed = Run.of(options, requests, Oracles.of(requests, plain, 0.9));
    assertSame(guessed.answers(), plain);
    for (int i = 0; i < requests.size(); i++) {
      assertThat(plain.get(i).ids()).isEqualTo(TokenIds.of(golden.cases().get(i).greedy()));
    }
  }

  @Test
  void resumedAnswersAreTheSame() {
    GenerationRequest whole = Requests.request("w", tokens(2, 9), Requests.seeded(5), exactly(30));
    List<Answer> plain = Run.of(OPTIONS, List.of(whole)).answers();
    TokenIds ids = plain.getFirst().ids();
    for (int cut = 0; cut <= ids.size(); cut += 3) {
      TokenIds committed = TokenIds.of(ids.stream().limit(cut).toArray());
      List<GenerationRequest> resumed = List.of(Requests.resumed(whole, committed));
      Answer answer =
          Run.of(OPTIONS, resumed, Oracles.of(resumed, plain, 0.7)).answers().getFirst();
      assertThat(answer.tokens()).isEqualTo(plain.getFirst().tokens().subList(cut, ids.size()));
    }
  }

  @Test
  void rightGuessesSaveSteps() {
    List<GenerationRequest> requests = List.of(greedy(tokens(1, 20), exactly(65)));
    EngineOptions options = OPTIONS.withBatch(new EngineOptions.Batch(16, 32, 9));
    List<Answer> plain = Run.of(options, requests).answers();
    Run guessed = Run.of(options, requests, Oracles.of(requests, plain, 1));
    assertSame(guessed.answers(), plain);
    assertThat(guessed.rows.getFirst()).isEqualTo(20);
    assertThat(guessed.rows.subList(1, guessed.rows.size()))
        .as("64 tokens behind the first one, at most 9 rows a step, none behind the last token")
        .containsExactly(9, 9, 9, 9, 9, 9, 9, 1);
    assertThat(guessed.accepted()).isEqualTo(7 * 8);
  }

  @Test
  void aFullBatchGuessesNothing() {
    List<GenerationRequest> requests = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      requests.add(greedy(tokens(i, 2), exactly(20)));
    }
    EngineOptions options = OPTIONS.withBatch(new EngineOptions.Batch(16, 32, 16));
    List<Answer> plain = Run.of(options, requests).answers();
    Run guessed = Run.of(options, requests, Oracles.of(requests, plain, 1));
    assertThat(guessed.drafted()).isZero();
    assertThat(guessed.rows).hasSize(20);
  }

  /** Guesses take of the token budget what prefill leaves. */
  @Test
  void promptsDoNotWaitForGuesses() {
    GenerationRequest first = greedy(tokens(1, 4), exactly(60));
    GenerationRequest prompt = greedy(tokens(2, 150), exactly(1));
    List<Answer> plain = Run.of(OPTIONS, List.of(first, prompt)).answers();
    EngineOptions options = OPTIONS.withBatch(new EngineOptions.Batch(16, 32, 16));
    Run guessed =
        Run.of(options, List.of(first, prompt), Oracles.of(List.of(first, prompt), plain, 1));
    assertThat(guessed.reports.stream().map(StepReport::prefillTokens).limit(5))
        .containsExactly(32, 32, 32, 32, 26);
    assertThat(guessed.reports.stream().map(report -> report.drafts().tokens()).limit(6))
        .containsExactly(0, 0, 0, 0, 6, 15);
  }

  @Test
  void cancellingEndsAnAnswerInTheMiddleOfWhatWasVerified() {
    GenerationRequest request = greedy(tokens(1, 4), exactly(60));
    List<GenerationRequest> requests = List.of(request);
    List<Answer> plain = Run.of(OPTIONS, requests).answers();
    try (LoopOnThisThread engine = new LoopOnThisThread(OPTIONS, Oracles.of(requests, plain, 1))) {
      Answers answers = new Answers();
      AtomicReference<EngineCall> call = new AtomicReference<>();
      List<Object> events = new ArrayList<>();
      call.set(
          engine.generate(
              request,
              event -> {
                answers.onEvent(event);
                events.add(event);
                if (events.size() == 7) {
                  call.get().cancel();
                }
              }));
      engine.run();
      assertThat(answers.await().tokens()).isEqualTo(plain.getFirst().tokens().subList(0, 7));
      assertThat(answers.await().finished().reason()).isEqualTo(FinishReason.CANCELLED);
      assertThat(engine.cache.freeBlocks()).isEqualTo(128);
    }
  }

  /** Blocks that hold wrong guesses are never found, those with right ones are. */
  @Test
  void nobodySharesWhatWasOnlyGuessed() {
    List<GenerationRequest> requests = List.of(greedy(tokens(3, 21), exactly(80)));
    List<Answer> plain = Run.of(OPTIONS, requests).answers();
    TokenIds whole = tokens(3, 21).plus(plain.getFirst().ids());
    OracleDrafter drafter = new OracleDrafter(whole, 0.9, 1);
    try (LoopOnThisThread engine = new LoopOnThisThread(OPTIONS, (wanted, tokens) -> drafter)) {
      Answers.Answer first = answered(engine, requests.getFirst());
      assertThat(first.tokens()).isEqualTo(plain.getFirst().tokens());
      int longer = 0;
      for (OracleDrafter.Guess guess : List.copyOf(drafter.guesses)) {
        int agreeing = agreeing(guess.tokens(), whole);
        longer += guess.tokens().size() > agreeing + 8 ? 1 : 0;
        GenerationRequest next = greedy(guess.tokens().plus(tokens(9, 1)), exactly(3));
        Answer answer = answered(engine, next);
        assertThat(answer.finished().usage().cachedPromptTokens())
            .isLessThanOrEqualTo(agreeing / 8 * 8);
        assertThat(answer.tokens())
            .isEqualTo(Run.of(OPTIONS, List.of(next)).answers().getFirst().tokens());
      }
      assertThat(longer).as("guesses that fill a block with wrong tokens").isPositive();
      GenerationRequest again = greedy(whole, exactly(1));
      assertThat(answered(engine, again).finished().usage().cachedPromptTokens()).isEqualTo(96);
    }
  }

  @Test
  void aRequestSwitchesGuessingOff() {
    List<Speculation> wanted = new ArrayList<>();
    Drafters noting =
        (speculation, tokens) -> {
          wanted.add(speculation);
          return Drafters.LOOKUP.drafter(speculation, tokens);
        };
    List<GenerationRequest> requests =
        repetitive().stream().map(each -> each.withSpeculation(Speculation.OFF)).toList();
    assertThat(Run.of(OPTIONS, requests, noting).drafted()).isZero();
    assertThat(wanted).containsOnly(Speculation.OFF);
    assertThat(Run.of(OPTIONS, repetitive(), noting).drafted()).isPositive();
  }

  private static Answer answered(LoopOnThisThread engine, GenerationRequest request) {
    Answers answers = new Answers();
    engine.generate(request, answers);
    engine.run();
    return answers.await();
  }

  private static int agreeing(TokenIds one, TokenIds other) {
    int count = 0;
    while (count < Math.min(one.size(), other.size()) && one.get(count) == other.get(count)) {
      count++;
    }
    return count;
  }

  private static void assertSame(List<Answer> actual, List<Answer> expected) {
    assertThat(actual).hasSameSizeAs(expected);
    for (int i = 0; i < expected.size(); i++) {
      assertThat(actual.get(i).tokens()).as("answer " + i).isEqualTo(expected.get(i).tokens());
      assertThat(actual.get(i).finished().reason()).isEqualTo(expected.get(i).finished().reason());
      assertThat(actual.get(i).finished().usage().completionTokens())
          .isEqualTo(expected.get(i).finished().usage().completionTokens());
    }
  }

  /** Stop strings, penalties, bias, seeds, common prefixes, grammars, choices, probabilities. */
  private static List<GenerationRequest> allKinds() {
    List<GenerationRequest> requests = new ArrayList<>(Requests.mixed());
    requests.addAll(Requests.growing());
    ResponseFormat json = new ResponseFormat.JsonSchema(Schemas.supported().getFirst());
    for (int choice = 0; choice < 3; choice++) {
      GenerationRequest of =
          new GenerationRequest(
              new Identity("c", choice, "default", 0, Optional.empty()),
              new Prompt.Tokens(tokens(1, 40)),
              Requests.seeded(8),
              exactly(25),
              TokenIds.empty());
      requests.add(of.withShape(new AnswerShape(ResponseFormat.TEXT, OptionalInt.of(3))));
      requests.add(of.withShape(new AnswerShape(json, OptionalInt.empty())));
    }
    return requests;
  }

  private static List<GenerationRequest> repetitive() {
    List<GenerationRequest> requests = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      TokenIds part = tokens(i, 20);
      requests.add(greedy(part.plus(part).plus(part), exactly(60)));
    }
    return requests;
  }

  /** Drafters that know the answers, one for each request in the order in which they come. */
  private static final class Oracles implements Drafters {

    private final Iterator<OracleDrafter> drafters;

    private Oracles(List<OracleDrafter> drafters) {
      this.drafters = drafters.iterator();
    }

    static Oracles of(List<GenerationRequest> requests, List<Answer> answers, double rightShare) {
      List<OracleDrafter> drafters = new ArrayList<>();
      for (int i = 0; i < requests.size(); i++) {
        TokenIds prompt = ((Prompt.Tokens) requests.get(i).prompt()).ids();
        drafters.add(new OracleDrafter(prompt.plus(answers.get(i).ids()), rightShare, i));
      }
      return new Oracles(drafters);
    }

    @Override
    public OracleDrafter drafter(Speculation wanted, int[] tokens) {
      return drafters.next();
    }
  }

  /** What came of requests that were all there at the first step. */
  private record Run(List<Answer> answers, List<StepReport> reports, List<Integer> rows) {

    static Run of(EngineOptions options, List<GenerationRequest> requests) {
      return of(options, requests, (wanted, tokens) -> Drafter.NONE);
    }

    static Run of(EngineOptions options, List<GenerationRequest> requests, Drafters drafters) {
      try (LoopOnThisThread engine = new LoopOnThisThread(options, drafters)) {
        List<Answers> started = new ArrayList<>();
        for (GenerationRequest request : requests) {
          started.add(new Answers());
          engine.generate(request, started.getLast());
        }
        engine.run();
        assertThat(engine.cache.use().usedBlocks()).isZero();
        return new Run(
            started.stream().map(Answers::await).toList(),
            engine.reports,
            engine.steps.stream().map(step -> step.rows()).toList());
      }
    }

    int drafted() {
      return reports.stream().mapToInt(report -> report.drafts().tokens()).sum();
    }

    int accepted() {
      return reports.stream().mapToInt(report -> report.drafts().accepted()).sum();
    }
  }
}
