package dev.chasqui.engine.runtime;

import static dev.chasqui.engine.runtime.Requests.exactly;
import static dev.chasqui.engine.runtime.Requests.greedy;
import static dev.chasqui.engine.runtime.Requests.seeded;
import static dev.chasqui.engine.runtime.Requests.tokens;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.chasqui.engine.api.AnswerShape;
import dev.chasqui.engine.api.GenerationRequest;
import dev.chasqui.engine.api.GenerationRequest.Identity;
import dev.chasqui.engine.api.Logprobs;
import dev.chasqui.engine.api.Prompt;
import dev.chasqui.engine.api.ResponseFormat;
import dev.chasqui.engine.api.TokenIds;
import dev.chasqui.engine.runtime.Answers.Answer;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AnswerChoicesTests {

  private final LlamaEngine engine = LlamaEngine.open(GoldenModel.LLAMA_3_2.options());

  @AfterEach
  void close() {
    engine.close();
  }

  @Test
  void theChoicesOfOnePromptShareItsBlocksAndDiffer() {
    List<Answers> started =
        IntStream.range(0, 4).mapToObj(n -> Answers.start(engine, choice(n))).toList();
    List<Answer> answers = started.stream().map(Answers::await).toList();

    assertThat(answers.stream().map(Answer::ids).distinct()).hasSize(4);
    assertThat(answers.stream().skip(1))
        .allMatch(answer -> answer.finished().usage().cachedPromptTokens() >= 80);
    for (int n = 0; n < 4; n++) {
      assertThat(Answers.of(engine, choice(n)).ids()).isEqualTo(answers.get(n).ids());
    }
  }

  private static GenerationRequest choice(int n) {
    return new GenerationRequest(
        new Identity("r", n, "default", 0, Optional.empty()),
        new Prompt.Tokens(tokens(1, 100)),
        seeded(3),
        exactly(12),
        TokenIds.empty());
  }

  @Test
  void tellsHowProbableTokensAreInTheModelsOwnDistribution() {
    TokenIds prompt = tokens(3, 20);
    PromptLogits reference;
    try (LoadedModel model = LoadedModel.open(GoldenModel.LLAMA_3_2.options())) {
      reference = model.logits(prompt);
    }
    AnswerShape shape = new AnswerShape(ResponseFormat.TEXT, OptionalInt.of(5));
    List<Logprobs> free =
        Answers.of(engine, greedy(prompt, exactly(3)).withShape(shape))
            .tokens()
            .getFirst()
            .logprobs();
    GenerationRequest drawn =
        GenerationRequest.of("d", new Prompt.Tokens(prompt), seeded(2), exactly(3));
    Logprobs first =
        Answers.of(engine, drawn.withShape(shape)).tokens().getFirst().logprobs().getFirst();

    assertThat(free).hasSize(1);
    assertThat(free.getFirst().alternatives()).isEqualTo(reference.best().getLast().ids());
    assertThat(first.alternatives()).isEqualTo(free.getFirst().alternatives());
    double sum = 0;
    for (float logit : reference.last()) {
      sum += Math.exp(logit);
    }
    for (int i = 0; i < 5; i++) {
      double expected = reference.best().getLast().logits()[i] - Math.log(sum);
      assertThat((double) first.alternativeLogprobs().get(i)).isCloseTo(expected, within(1e-4));
    }
    assertThat(free.getFirst().logprob()).isEqualTo(free.getFirst().alternativeLogprobs().get(0));
  }
}
