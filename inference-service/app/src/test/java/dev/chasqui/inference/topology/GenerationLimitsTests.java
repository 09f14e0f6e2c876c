package dev.chasqui.inference.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.engine.api.FinishReason;
import dev.chasqui.events.GenerationEvent;
import dev.chasqui.events.GenerationType;
import dev.chasqui.events.Message;
import dev.chasqui.events.PromptSubmitted;
import dev.chasqui.events.ResponseFormat;
import dev.chasqui.events.Role;
import dev.chasqui.inference.ScriptedEngine;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One slot, so two requests may be inside (a quarter more, one at least), and small records. */
class GenerationLimitsTests {

  private static final int LARGEST = 4096;

  private final Generation generation;
  private final ScriptedEngine engine;

  GenerationLimitsTests(@TempDir Path directory) throws IOException {
    generation = new Generation(directory, 1, LARGEST);
    engine = generation.engine;
  }

  @AfterEach
  void close() {
    generation.close();
  }

  @Test
  void handsOverByPriorityAndTenantAsRoomIsMade() {
    generation.admit("first");
    generation.admit("second");
    generation.admit("greedy-1", prompt -> prompt.setTenant("greedy"));
    generation.admit("greedy-2", prompt -> prompt.setTenant("greedy"));
    generation.admit("modest", prompt -> prompt.setTenant("modest"));
    generation.admit("urgent", prompt -> prompt.setPriority(1));
    assertThat(engine.order()).containsExactly("first", "second");

    for (int i = 0; i < 6; i++) {
      engine.calls.get(i).finish(FinishReason.STOP);
      generation.turn();
      generation.turn();
    }

    assertThat(engine.order())
        .containsExactly("first", "second", "urgent", "greedy-1", "modest", "greedy-2");
  }

  @Test
  void stopsARequestThatStillWaits() {
    fillSlots();
    generation.admit("waiting");

    generation.stop("waiting", "no longer needed");

    List<GenerationEvent> events = generation.events();
    assertThat(events)
        .extracting(GenerationEvent::getType)
        .containsExactly(GenerationType.STARTED, GenerationType.FINISHED);
    assertThat(events.getLast().getFinished().getStopReason()).isEqualTo("no longer needed");
    assertThat(engine.order()).containsExactly("a", "b");
  }

  @Test
  void expiresARequestThatStillWaits() {
    fillSlots();
    generation.admit("waiting", prompt -> prompt.setDeadline(Generation.START.plusMillis(500)));

    generation.passTime(Duration.ofSeconds(1));

    assertThat(generation.events().getLast().getFinished().getReason())
        .isEqualTo(dev.chasqui.events.FinishReason.EXPIRED);
  }

  @Test
  void waitsInTheStoreAcrossAnAbort() {
    fillSlots();
    generation.admit("waiting");

    generation.abortTo(generation.state());
    generation.turn();
    assertThat(engine.order()).containsExactly("a", "b", "a", "b");
    engine.call("a").finish(FinishReason.STOP);
    generation.turn();
    generation.turn();

    assertThat(engine.order()).endsWith("waiting");
  }

  @Test
  void failsOnlyTheRequestThatIsTooLargeToBeKept() {
    generation.admit("big", said("x".repeat(2 * LARGEST)));
    generation.admit("small");

    List<GenerationEvent> events = generation.events();
    assertThat(events)
        .extracting(GenerationEvent::getType)
        .containsExactly(GenerationType.STARTED, GenerationType.FAILED);
    assertThat(events.getFirst().getStarted().getConversation()).isEmpty();
    assertThat(events.getLast().getFailed().getCode()).isEqualTo("request-too-large");
    assertThat(events.getLast().getFailed().getMessage()).contains("4,096");
    assertThat(engine.order()).containsExactly("small");
    assertThat(generation.state().get(Ledger.REQUESTS)).hasSize(1);
  }

  @Test
  void writesStateThatGrowsLinearly() {
    generation.admit("r", prompt -> prompt.setSampling(Generation.sampling().build()));
    long[] bytes = new long[2];
    for (int token = 1; token <= 2000; token++) {
      engine.call("r").tokens(token % 20);
      generation.turn();
      if (token % 1000 == 0) {
        bytes[token / 1000 - 1] = progressBytes();
      }
    }
    assertThat(bytes[1]).isLessThan(bytes[0] * 21 / 10);
    assertThat(bytes[1] / 2000).isLessThan(40);
  }

  @Test
  void namesAFieldThatIsNotSupportedYet() {
    assertRefused(prompt -> prompt.setResponseFormat(ResponseFormat.UNKNOWN), "responseFormat");
  }

  @Test
  void namesAFieldThatMakesNoSense() {
    assertInvalid(prompt -> prompt.setMessages(List.of()), "messages");
    assertInvalid(prompt -> prompt.setMessages(List.of()).setRawPrompt(""), "raw-prompt");
    assertInvalid(prompt -> prompt.setRawPrompt("both"), "raw-prompt");
    assertInvalid(prompt -> prompt.setResponseFormat(ResponseFormat.GRAMMAR), "response-schema");
    assertInvalid(
        prompt -> prompt.setSampling(Generation.sampling().setLogprobs(21).build()), "logprobs");
    assertInvalid(prompt -> prompt.setSampling(Generation.sampling().setN(17).build()), "n is 17");
    assertInvalid(prompt -> prompt.setMessages(List.of(new Message(Role.UNKNOWN, "x"))), "role");
    assertInvalid(
        prompt -> prompt.setSampling(Generation.sampling().setMaxTokens(-1).build()),
        "max-tokens is -1");
    assertInvalid(
        prompt -> prompt.setSampling(Generation.sampling().setTemperature(3f).build()),
        "temperature is 3.0");
    assertInvalid(
        prompt -> prompt.setSampling(Generation.sampling().setLogitBias(Map.of("x", 1f)).build()),
        "logit-bias is 'x'");
  }

  @Test
  void namesTheModelsThatAreServed() {
    generation.admit("r", prompt -> prompt.setModel("huge"));
    var failed = generation.events().getLast().getFailed();
    assertThat(failed.getCode()).isEqualTo("unknown-model");
    assertThat(failed.getMessage()).contains("'huge'").contains("[tiny]");
  }

  private void fillSlots() {
    generation.admit("a");
    generation.admit("b");
  }

  private long progressBytes() {
    return generation.state().get(Ledger.PROGRESS).entrySet().stream()
        .mapToLong(entry -> entry.getKey().get().length + entry.getValue().length)
        .sum();
  }

  private void assertRefused(Consumer<PromptSubmitted.Builder> change, String field) {
    assertFails("not-supported", change, field);
  }

  private void assertInvalid(Consumer<PromptSubmitted.Builder> change, String field) {
    assertFails("invalid-request", change, field);
  }

  private void assertFails(String code, Consumer<PromptSubmitted.Builder> change, String field) {
    generation.admit("r", change);
    List<GenerationEvent> events = generation.events();
    assertThat(events)
        .extracting(GenerationEvent::getType)
        .containsExactly(GenerationType.STARTED, GenerationType.FAILED);
    assertThat(events.getLast().getFailed().getCode()).isEqualTo(code);
    assertThat(events.getLast().getFailed().getMessage()).contains(field);
  }

  private static Consumer<PromptSubmitted.Builder> said(String text) {
    return prompt -> prompt.setMessages(List.of(new Message(Role.USER, text)));
  }
}
