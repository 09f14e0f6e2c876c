package dev.chasqui.engine.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.engine.api.AnswerShape;
import dev.chasqui.engine.api.ChatMessage;
import dev.chasqui.engine.api.FinishReason;
import dev.chasqui.engine.api.GenerationRequest;
import dev.chasqui.engine.api.GenerationRequest.Identity;
import dev.chasqui.engine.api.Prompt;
import dev.chasqui.engine.api.ResponseFormat;
import dev.chasqui.engine.api.SamplingParameters;
import dev.chasqui.engine.api.StopCriteria;
import dev.chasqui.engine.api.StopCriteria.EndTokens;
import dev.chasqui.engine.api.TokenIds;
import dev.chasqui.engine.api.Tool;
import dev.chasqui.engine.api.ToolCall;
import dev.chasqui.engine.grammar.Schemas;
import dev.chasqui.engine.runtime.Answers.Answer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Models of random weights write anything: what holds for them holds for every model. */
class StructuredAnswerTests {

  private static final int MOST_TOKENS = 220;

  private final LlamaEngine engine = LlamaEngine.open(GoldenModel.LLAMA_3_2.options());

  @AfterEach
  void close() {
    engine.close();
  }

  @Test
  void whateverEndsByItselfIsJsonThatItsSchemaAdmits() {
    int ended = 0;
    for (String schema : Schemas.supported()) {
      GenerationRequest request = request(new ResponseFormat.JsonSchema(schema), 1);
      Answer answer = Answers.of(engine, request);
      if (answer.finished().reason() == FinishReason.STOP) {
        Schemas.assertAdmits(schema, answer.text());
        ended++;
      }
    }
    assertThat(ended).isGreaterThan(15);
  }

  @Test
  void sentencePieceModelsDoToo() {
    GoldenModel llama2 = new GoldenModel("gguf-02-llama2-gqa", "Q4_1");
    ResponseFormat format = new ResponseFormat.JsonSchema(Schemas.supported().getFirst());
    try (LlamaEngine other =
        LlamaEngine.open(llama2.options().withChatTemplate(Optional.of("vicuna")))) {
      for (int seed = 0; seed < 4; seed++) {
        GenerationRequest request =
            new GenerationRequest(
                    Identity.of("r"),
                    new Prompt.Chat(List.of(new ChatMessage(ChatMessage.Role.USER, "hi"))),
                    sampling(seed),
                    stop(),
                    TokenIds.empty())
                .withShape(new AnswerShape(format, OptionalInt.empty()));
        Answer answer = Answers.of(other, request);
        if (answer.finished().reason() == FinishReason.STOP) {
          Schemas.assertAdmits(Schemas.supported().getFirst(), answer.text());
        } else {
          assertThat(answer.text()).startsWith("{");
        }
      }
    }
  }

  @Test
  void aTextOfAGrammarComesOut() {
    ResponseFormat format = new ResponseFormat.Grammar("root ::= (\"ab\" | \"c\"){3}");
    for (int seed = 0; seed < 5; seed++) {
      Answer answer = Answers.of(engine, request(format, seed));
      assertThat(answer.text()).matches("(ab|c){3}");
      assertThat(answer.finished().reason()).isEqualTo(FinishReason.STOP);
    }
  }

  @Test
  void resumesAtEveryTokenAsIfItHadNeverStopped() {
    ResponseFormat format = new ResponseFormat.JsonSchema(Schemas.supported().getFirst());
    GenerationRequest whole = request(format, 2);
    Answer expected = Answers.of(engine, whole);
    TokenIds ids = expected.ids();
    for (int cut = 0; cut <= ids.size(); cut++) {
      TokenIds committed = TokenIds.of(ids.stream().limit(cut).toArray());
      GenerationRequest resumed = Requests.resumed(whole, committed).withShape(whole.shape());
      Answer answer = Answers.of(engine, resumed);
      assertThat(answer.tokens())
          .as("cut at " + cut)
          .isEqualTo(expected.tokens().subList(cut, ids.size()));
      assertThat(answer.finished().reason()).isEqualTo(expected.finished().reason());
    }
  }

  @Test
  void aSchemaThatIsNotSupportedFailsTheRequestWithItsPath() {
    ResponseFormat format = new ResponseFormat.JsonSchema("{\"properties\":{\"a\":{\"not\":{}}}}");
    Answer answer = Answers.of(engine, request(format, 1));
    assertThat(answer.failed().code()).isEqualTo("unsupported-schema");
    assertThat(answer.failed().message()).contains("#/properties/a/not");
  }

  @Test
  void callsOfToolsBecomeStructure() {
    String call = "{\"name\": \"clock\", \"parameters\": {\"zone\": \"UTC\"}}";
    String gbnf = "root ::= \"" + call.replace("\"", "\\\"") + "\"";
    Prompt.Offer offer =
        new Prompt.Offer(List.of(new Tool("clock", "tells the time", "")), List.of());
    EngineOptions options =
        GoldenModel.LLAMA_3_2.options().withKvTokens(2048).withContextLength(2048);
    try (LlamaEngine plain = LlamaEngine.open(options.withChatTemplate(Optional.of("chatml")))) {
      assertThat(Answers.of(plain, chat(offer).withShape(shape(gbnf))).failed().code())
          .isEqualTo("tools-not-supported");
    }
    try (LlamaEngine llama3 = LlamaEngine.open(options.withChatTemplate(Optional.of("llama3")))) {
      Answer answer = Answers.of(llama3, chat(offer).withShape(shape(gbnf)));
      assertThat(answer.finished().toolCalls())
          .containsExactly(new ToolCall("clock", "{\"zone\": \"UTC\"}"));
    }
  }

  private static AnswerShape shape(String gbnf) {
    return new AnswerShape(new ResponseFormat.Grammar(gbnf), OptionalInt.empty());
  }

  private static GenerationRequest chat(Prompt.Offer offer) {
    return new GenerationRequest(
        Identity.of("r"),
        new Prompt.Chat(
            List.of(new ChatMessage(ChatMessage.Role.USER, "time?")), offer, Optional.empty()),
        sampling(1),
        stop(),
        TokenIds.empty());
  }

  private static GenerationRequest request(ResponseFormat format, int seed) {
    return GenerationRequest.of(
            "r", new Prompt.Tokens(Requests.tokens(1, 9)), sampling(seed), stop())
        .withShape(new AnswerShape(format, OptionalInt.empty()));
  }

  private static SamplingParameters sampling(int seed) {
    return new SamplingParameters(1.5f, 0, 1, 0, SamplingParameters.Penalties.NONE, Map.of(), seed);
  }

  private static StopCriteria stop() {
    return new StopCriteria(MOST_TOKENS, List.of(), EndTokens.HONOURED);
  }
}
