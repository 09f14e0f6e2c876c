package dev.chasqui.guard.topology.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.chasqui.events.Document;
import dev.chasqui.events.Infill;
import dev.chasqui.events.Message;
import dev.chasqui.events.PromptSubmitted;
import dev.chasqui.events.ReleaseMode;
import dev.chasqui.events.ResponseFormat;
import dev.chasqui.events.Role;
import dev.chasqui.events.Sampling;
import dev.chasqui.events.Tool;
import dev.chasqui.events.ToolCall;
import dev.chasqui.events.Trust;
import dev.chasqui.guard.policy.Policies;
import dev.chasqui.guard.policy.Policy;
import dev.chasqui.guard.policy.PolicySource;
import dev.chasqui.guard.topology.Pools;
import dev.chasqui.guard.topology.input.Screening.Outcome;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ScreeningTests {

  private static final Screening SCREENING =
      new Screening(new Pools(Map.of("small", List.of("smol", "tiny"))), policies(), 2);

  static Stream<Arguments> unanswerablePrompts() {
    return Stream.of(
        refused(
            "more untrusted texts than are judged",
            "too-many-untrusted",
            "documents",
            p -> p.setDocuments(Collections.nCopies(3, new Document("a", "b", Trust.UNTRUSTED)))),
        refused("no messages", "invalid-prompt", "messages", p -> p.setMessages(List.of())),
        refused("blank messages", "invalid-prompt", "messages", p -> p.setMessages(says(" \n"))),
        refused("both forms", "invalid-prompt", "rawPrompt", p -> p.setRawPrompt("x")),
        refused(
            "empty raw prompt",
            "invalid-prompt",
            "rawPrompt",
            p -> p.setMessages(List.of()).setRawPrompt("")),
        refused(
            "unknown role",
            "invalid-prompt",
            "messages",
            p -> p.setMessages(List.of(new Message(Role.UNKNOWN, "Hi")))),
        refused(
            "answer at the end",
            "invalid-prompt",
            "messages",
            p ->
                p.setMessages(
                    List.of(new Message(Role.USER, "Hi"), new Message(Role.ASSISTANT, "Ho")))),
        refused("blank tenant", "invalid-prompt", "tenant", p -> p.setTenant(" ")),
        refused("long tenant", "invalid-prompt", "tenant", p -> p.setTenant("x".repeat(300))),
        refused("unknown model", "unknown-model", "model", p -> p.setModel("llama-900b")),
        refused("unknown policy", "invalid-prompt", "policyId", p -> p.setPolicyId("none")),
        refused("blank adapter", "invalid-prompt", "adapter", p -> p.setAdapter(" ")),
        refused("long adapter", "invalid-prompt", "adapter", p -> p.setAdapter("x".repeat(257))),
        refused(
            "format",
            "not-supported",
            "responseFormat",
            p -> p.setResponseFormat(ResponseFormat.UNKNOWN)),
        refused(
            "format without schema",
            "invalid-prompt",
            "responseSchema",
            p -> p.setResponseFormat(ResponseFormat.JSON_SCHEMA)),
        refused("schema", "invalid-prompt", "responseSchema", p -> p.setResponseSchema("{}")),
        refused(
            "retract under a policy that releases by windows",
            "invalid-prompt",
            "releaseMode",
            p -> p.setReleaseMode(ReleaseMode.RETRACT)),
        refused(
            "audit under a policy that releases by windows",
            "invalid-prompt",
            "releaseMode",
            p -> p.setReleaseMode(ReleaseMode.AUDIT)),
        refused(
            "laxer than the policy",
            "invalid-prompt",
            "releaseMode",
            p -> p.setPolicyId("full").setReleaseMode(ReleaseMode.WINDOW)));
  }

  static Stream<Arguments> misplacedParts() {
    return Stream.of(
        refused(
            "tools without messages",
            "invalid-prompt",
            "tools",
            p -> p.setMessages(List.of()).setRawPrompt("x").setTools(List.of(tool()))),
        refused(
            "documents without messages",
            "invalid-prompt",
            "documents",
            p -> p.setMessages(List.of()).setRawPrompt("x").setDocuments(List.of(document()))),
        refused(
            "infill and messages",
            "invalid-prompt",
            "infill",
            p -> p.setInfill(new Infill("a", "b"))),
        refused(
            "tool calls of a user",
            "invalid-prompt",
            "messages",
            p ->
                p.setMessages(
                    List.of(
                        Message.newBuilder(new Message(Role.USER, "x"))
                            .setToolCalls(List.of(new ToolCall("f", "{}")))
                            .build()))));
  }

  static Stream<Arguments> samplingOutOfRange() {
    return Stream.of(
        sampled("maxTokens", "0", s -> s.setMaxTokens(0)),
        sampled("maxTokens", "-5", s -> s.setMaxTokens(-5)),
        sampled("temperature", "-0.1", s -> s.setTemperature(-0.1f)),
        sampled("temperature", "2.5", s -> s.setTemperature(2.5f)),
        sampled("temperature", "NaN", s -> s.setTemperature(Float.NaN)),
        sampled("topP", "0.0", s -> s.setTopP(0)),
        sampled("topP", "1.1", s -> s.setTopP(1.1f)),
        sampled("topK", "-1", s -> s.setTopK(-1)),
        sampled("minP", "1.5", s -> s.setMinP(1.5f)),
        sampled("repetitionPenalty", "0.0", s -> s.setRepetitionPenalty(0)),
        sampled("presencePenalty", "-3.0", s -> s.setPresencePenalty(-3)),
        sampled("frequencyPenalty", "3.0", s -> s.setFrequencyPenalty(3)),
        sampled("logitBias", "\"word\"", s -> s.setLogitBias(Map.of("word", 1f))),
        sampled("logitBias", "Infinity", s -> s.setLogitBias(Map.of("7", 1f / 0))),
        sampled("stopSequences", "\"\"", s -> s.setStopSequences(List.of("end", ""))),
        sampled("n", "0", s -> s.setN(0)),
        sampled("n", "17", s -> s.setN(17)),
        sampled("stopTokenIds", "-1", s -> s.setStopTokenIds(List.of(3, -1))),
        sampled("logprobs", "-1", s -> s.setLogprobs(-1)),
        sampled("logprobs", "21", s -> s.setLogprobs(21)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource({"unanswerablePrompts", "misplacedParts"})
  void refusesWhatCannotBeAnswered(
      String what, String code, String field, UnaryOperator<PromptSubmitted.Builder> change) {
    PromptSubmitted prompt = change.apply(Prompts.prompt("a")).build();

    assertThat(SCREENING.screen(prompt))
        .isInstanceOfSatisfying(
            Outcome.Refused.class,
            refused -> {
              assertThat(refused.rejection().code()).isEqualTo(code);
              assertThat(refused.rejection().field()).contains(field);
              assertThat(refused.rejection().message()).startsWith(field).endsWith(".");
            });
  }

  @ParameterizedTest(name = "{0} = {1}")
  @MethodSource("samplingOutOfRange")
  void namesFieldAndValueOfSamplingOutOfRange(
      String field, String value, UnaryOperator<Sampling.Builder> change) {
    Sampling sampling = change.apply(Sampling.newBuilder()).build();

    assertThat(SCREENING.screen(Prompts.prompt("a").setSampling(sampling).build()))
        .isInstanceOfSatisfying(
            Outcome.Refused.class,
            refused -> {
              assertThat(refused.rejection().field()).contains("sampling." + field);
              assertThat(refused.rejection().message()).contains(field).contains(value);
            });
  }

  @Test
  void listsTheModelsThatThereAre() {
    assertThat(SCREENING.screen(Prompts.prompt("a").setModel("x").build()))
        .isInstanceOfSatisfying(
            Outcome.Refused.class,
            refused -> assertThat(refused.rejection().message()).contains("[smol, tiny]"));
  }

  @Test
  void passesAPromptThatIsStricterThanItsPolicy() {
    PromptSubmitted prompt = Prompts.prompt("a").setReleaseMode(ReleaseMode.FULL).build();

    assertThat(SCREENING.screen(prompt))
        .isInstanceOfSatisfying(
            Outcome.Passed.class,
            passed ->
                assertThat(passed.mode()).isEqualTo(dev.chasqui.guard.policy.ReleaseMode.FULL));
  }

  @ParameterizedTest
  @CsvSource({
    "retract, , RETRACT",
    "retract, WINDOW, WINDOW",
    "audit, , AUDIT",
    "audit, RETRACT, RETRACT",
  })
  void releasesAtOnceWhereThePolicySaysSo(
      String policy, @Nullable ReleaseMode asked, dev.chasqui.guard.policy.ReleaseMode mode) {
    PromptSubmitted prompt = Prompts.prompt("a").setPolicyId(policy).setReleaseMode(asked).build();

    assertThat(SCREENING.screen(prompt))
        .isInstanceOfSatisfying(
            Outcome.Passed.class, passed -> assertThat(passed.mode()).isEqualTo(mode));
  }

  @Test
  void refusesAuditUnderAPolicyThatRetracts() {
    PromptSubmitted prompt =
        Prompts.prompt("a").setPolicyId("retract").setReleaseMode(ReleaseMode.AUDIT).build();

    assertThat(SCREENING.screen(prompt)).isInstanceOf(Outcome.Refused.class);
  }

  @Test
  void passesARawPromptAndTheEdgesOfAllRanges() {
    Sampling edges =
        Sampling.newBuilder()
            .setMaxTokens(1)
            .setTemperature(2)
            .setTopP(1)
            .setMinP(1)
            .setRepetitionPenalty(2)
            .setPresencePenalty(-2)
            .setFrequencyPenalty(2)
            .setLogitBias(Map.of("7", -100f))
            .setStopSequences(List.of("\n"))
            .setLogprobs(20)
            .setN(16)
            .build();
    PromptSubmitted prompt =
        Prompts.prompt("a")
            .setMessages(List.of())
            .setRawPrompt("Once upon")
            .setSampling(edges)
            .build();

    assertThat(SCREENING.screen(prompt)).isInstanceOf(Outcome.Passed.class);
  }

  private static Arguments refused(
      String what, String code, String field, UnaryOperator<PromptSubmitted.Builder> change) {
    return arguments(what, code, field, change);
  }

  private static Arguments sampled(
      String field, String value, UnaryOperator<Sampling.Builder> change) {
    return arguments(field, value, change);
  }

  private static List<Message> says(String text) {
    return List.of(new Message(Role.USER, text));
  }

  private static Tool tool() {
    return new Tool("clock", "tells the time", "{}");
  }

  private static Document document() {
    return new Document("a", "b", Trust.TRUSTED);
  }

  private static Policies policies() {
    List<Policy> all = new ArrayList<>(PolicySource.builtIn());
    all.add(PolicySource.parse("full", "id=full\nrelease-mode=full"));
    all.add(PolicySource.parse("retract", "id=retract\nrelease-mode=retract"));
    all.add(PolicySource.parse("audit", "id=audit\nrelease-mode=audit"));
    return Policies.of(all, Map.of(), "default");
  }
}
