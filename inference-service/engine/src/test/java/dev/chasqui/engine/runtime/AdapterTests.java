package dev.chasqui.engine.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.engine.api.GenerationEvent;
import dev.chasqui.engine.api.GenerationRequest;
import dev.chasqui.engine.api.Prompt;
import dev.chasqui.engine.api.ScoreEvent;
import dev.chasqui.engine.api.ScoreRequest;
import dev.chasqui.engine.api.TokenIds;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Requests of one engine name different adapters, or none. */
class AdapterTests {

  private static final Optional<String> POET = Optional.of("poet");
  private static final Optional<String> CLERK = Optional.of("clerk");
  private static final Optional<String> NONE = Optional.empty();
  private static final TokenIds PROMPT = Requests.tokens(3, 60);

  private LoopOnThisThread engine;

  @BeforeEach
  void open() {
    Map<String, Path> adapters =
        Map.of("poet", golden("13-lora"), "clerk", golden("13b-lora-rslora-qv"));
    engine = new LoopOnThisThread(GoldenModel.LLAMA_3.options().withAdapters(adapters));
  }

  @AfterEach
  void close() {
    engine.close();
  }

  @Test
  void answersTogetherAsEachAlone() {
    List<Optional<String>> names = List.of(POET, NONE, CLERK, POET, CLERK, NONE);
    List<List<Integer>> alone = new ArrayList<>();
    for (Optional<String> name : names) {
      Answer answer = start(name, PROMPT);
      engine.run();
      alone.add(answer.tokens);
    }
    List<Answer> together = names.stream().map(name -> start(name, PROMPT)).toList();
    engine.run();
    assertThat(together).extracting(answer -> answer.tokens).isEqualTo(alone);
    assertThat(alone.get(0)).isNotEqualTo(alone.get(1)).isNotEqualTo(alone.get(2));
    assertThat(alone.get(1)).isNotEqualTo(alone.get(2));
  }

  @Test
  void findsNothingInTheCacheThatWasComputedWithAnotherAdapter() {
    for (Optional<String> name : List.of(NONE, POET, CLERK)) {
      Answer first = start(name, PROMPT);
      engine.run();
      assertThat(first.cachedTokens()).as("cached for %s", name).isZero();
      Answer second = start(name, PROMPT);
      engine.run();
      assertThat(second.cachedTokens()).isEqualTo(56);
      assertThat(second.tokens).isEqualTo(first.tokens);
    }
  }

  @Test
  void scoresWithAnAdapter() {
    List<Double> plain = score(NONE);
    List<Double> poet = score(POET);
    assertThat(poet).isNotEqualTo(plain);
    assertThat(score(NONE)).isEqualTo(plain);
    assertThat(score(POET)).isEqualTo(poet);
  }

  @Test
  void refusesAnAdapterThatItDoesNotHave() {
    Answer answer = start(Optional.of("lawyer"), PROMPT);
    engine.run();
    assertThat(answer.failure)
        .contains(
            new GenerationEvent.Failed(
                "unknown-adapter",
                "adapter is \"lawyer\": this model has [clerk, poet]. Name one of these, or"
                    + " none."));
  }

  @Test
  void describesItsAdaptersByTheirHashes() {
    assertThat(engine.model.description().adapters()).containsOnlyKeys("poet", "clerk");
    assertThat(engine.model.description().adapters().values())
        .doesNotHaveDuplicates()
        .allMatch(hash -> hash.matches("[0-9a-f]{64}"));
  }

  private List<Double> score(Optional<String> adapter) {
    List<ScoreEvent> events = new ArrayList<>();
    ScoreRequest request =
        new ScoreRequest("s", "a", new Prompt.Tokens(PROMPT), "", List.of("a", "the"));
    engine.score(request.withAdapter(adapter), events::add);
    engine.run();
    return ((ScoreEvent.Scored) events.getFirst()).logProbabilities();
  }

  private Answer start(Optional<String> adapter, TokenIds prompt) {
    Answer answer = new Answer();
    GenerationRequest request = Requests.greedy(prompt, Requests.TEN);
    engine.generate(request.withAdapter(adapter), answer::onEvent);
    return answer;
  }

  private static Path golden(String folder) {
    try {
      return Path.of(AdapterTests.class.getResource("/golden/" + folder).toURI());
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }

  private static final class Answer {

    private final List<Integer> tokens = new ArrayList<>();
    private Optional<GenerationEvent.Failed> failure = Optional.empty();
    private int cached;

    int cachedTokens() {
      return cached;
    }

    void onEvent(GenerationEvent event) {
      switch (event) {
        case GenerationEvent.Tokens more -> more.tokenIds().stream().forEach(tokens::add);
        case GenerationEvent.Finished finished -> cached = finished.usage().cachedPromptTokens();
        case GenerationEvent.Failed failed -> failure = Optional.of(failed);
      }
    }
  }
}
