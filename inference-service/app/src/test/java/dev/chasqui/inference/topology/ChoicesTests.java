package dev.chasqui.inference.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.engine.api.FinishReason;
import dev.chasqui.engine.api.Logprobs;
import dev.chasqui.engine.api.Prompt;
import dev.chasqui.engine.api.ResponseFormat;
import dev.chasqui.engine.api.TokenIds;
import dev.chasqui.engine.api.ToolCall;
import dev.chasqui.events.ChoiceFinished;
import dev.chasqui.events.Document;
import dev.chasqui.events.GenerationEvent;
import dev.chasqui.events.GenerationType;
import dev.chasqui.events.Infill;
import dev.chasqui.events.Message;
import dev.chasqui.events.Role;
import dev.chasqui.events.TokensGenerated;
import dev.chasqui.events.Tool;
import dev.chasqui.events.Usage;
import dev.chasqui.inference.ScriptedEngine;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several answers to one prompt, and what goes with an answer. */
class ChoicesTests {

  private final Generation generation;
  private final ScriptedEngine engine;

  ChoicesTests(@TempDir Path directory) throws IOException {
    generation = new Generation(directory, 4, 1 << 20);
    engine = generation.engine;
  }

  @AfterEach
  void close() {
    generation.close();
  }

  private void admitTwo() {
    generation.admit("r", p -> p.setSampling(Generation.sampling().setN(2).build()));
  }

  @Test
  void makesAsManyAnswersAsAreAskedForAndEndsThemTogether() {
    admitTwo();
    engine.call("r", 0).tokens(1, 2);
    engine.call("r", 1).tokens(5);
    generation.turn();
    engine.call("r", 1).finish(FinishReason.STOP);
    generation.turn();
    engine.call("r", 0).tokens(3);
    engine.call("r", 0).finish(FinishReason.LENGTH);
    generation.turn();

    List<GenerationEvent> events = generation.events();
    assertThat(events)
        .extracting(GenerationEvent::getType)
        .containsExactly(
            GenerationType.STARTED,
            GenerationType.TOKENS,
            GenerationType.TOKENS,
            GenerationType.TOKENS,
            GenerationType.FINISHED);
    assertThat(events.getFirst().getStarted().getChoices()).isEqualTo(2);
    assertThat(tokens(events, 0)).containsExactly(List.of(1, 2), List.of(3));
    assertThat(tokens(events, 1)).containsExactly(List.of(5));
    var finished = events.getLast().getFinished();
    assertThat(finished.getReason()).isEqualTo(dev.chasqui.events.FinishReason.LENGTH);
    assertThat(finished.getUsage()).isEqualTo(new Usage(3, 1, 4));
    assertThat(finished.getChoices())
        .containsExactly(
            new ChoiceFinished(0, dev.chasqui.events.FinishReason.LENGTH, List.of()),
            new ChoiceFinished(1, dev.chasqui.events.FinishReason.STOP, List.of()));
    assertThat(generation.state().values()).allMatch(Map::isEmpty);
  }

  @Test
  void eachChoiceGoesOnBehindItsOwnCommittedTokens() {
    admitTwo();
    engine.call("r", 0).tokens(1, 2);
    engine.call("r", 1).tokens(5);
    generation.turn();
    var committed = generation.state();
    engine.call("r", 1).tokens(6);
    generation.turn();
    generation.events();

    generation.abortTo(committed);
    generation.turn();

    assertThat(engine.call("r", 0).request.committed()).isEqualTo(TokenIds.of(1, 2));
    assertThat(engine.call("r", 1).request.committed()).isEqualTo(TokenIds.of(5));
    engine.call("r", 1).tokens(6);
    engine.call("r", 1).finish(FinishReason.STOP);
    engine.call("r", 0).finish(FinishReason.STOP);
    generation.turn();
    List<GenerationEvent> events = generation.events();
    assertThat(events)
        .extracting(GenerationEvent::getType)
        .containsExactly(GenerationType.TOKENS, GenerationType.FINISHED);
    assertThat(events.getFirst().getTokens().getChoice()).isEqualTo(1);
    assertThat(events.getFirst().getTokens().getSequence()).isEqualTo(1);
  }

  @Test
  void aStopEndsAllChoices() {
    admitTwo();
    engine.call("r", 0).tokens(1);
    generation.turn();
    generation.stop("r", "enough");
    generation.turn();

    assertThat(engine.calls).allMatch(call -> call.cancelled);
    assertThat(generation.events().getLast().getFinished().getChoices())
        .extracting(ChoiceFinished::getReason)
        .containsOnly(dev.chasqui.events.FinishReason.CANCELLED)
        .hasSize(2);
  }

  @Test
  void passesOnLogProbabilitiesAndTheBestTokens() {
    generation.admit("r", p -> p.setSampling(Generation.sampling().setLogprobs(2).build()));
    assertThat(engine.call("r").request.shape().logprobs()).hasValue(2);
    engine.call("r").token(4, new Logprobs(-1.5f, TokenIds.of(7, 4), List.of(-0.5f, -1.5f)));
    engine.call("r").token(7, new Logprobs(-0.1f, TokenIds.of(7, 1), List.of(-0.1f, -3f)));
    generation.turn();

    TokensGenerated tokens = generation.events().getLast().getTokens();
    assertThat(tokens.getLogprobs()).containsExactly(-1.5f, -0.1f);
    assertThat(tokens.getAlternatives().getLast().getTokenIds()).containsExactly(7, 1);
    assertThat(tokens.getAlternatives().getLast().getLogprobs()).containsExactly(-0.1f, -3f);
  }

  @Test
  void passesOnCallsOfTools() {
    generation.admit(
        "r",
        p ->
            p.setTools(List.of(new Tool("clock", "tells the time", "{}")))
                .setDocuments(List.of(new Document("about time"))));
    Prompt.Chat asked = (Prompt.Chat) engine.call("r").request.prompt();
    assertThat(asked.offer().tools().getFirst().name()).isEqualTo("clock");
    assertThat(asked.offer().documents().getFirst().content()).isEqualTo("about time");
    engine.call("r").tokens(1);
    engine.call("r").finish(FinishReason.STOP, new ToolCall("clock", "{}"));
    generation.turn();

    List<GenerationEvent> events = generation.events();
    assertThat(events.getFirst().getStarted().getConversation())
        .extracting(Message::getContent)
        .containsExactly("clock: tells the time\n{}", "about time", "hello");
    assertThat(events.getLast().getFinished().getChoices().getFirst().getToolCalls())
        .containsExactly(new dev.chasqui.events.ToolCall("clock", "{}"));
  }

  @Test
  void asksForCodeBetweenPrefixAndSuffix() {
    generation.admit("r", p -> p.setMessages(List.of()).setInfill(new Infill("a = ", ";")));
    assertThat(engine.call("r").request.prompt())
        .isEqualTo(new Prompt.Infill("a = ", ";", Prompt.Infill.Order.PREFIX_FIRST));
    engine.call("r").tokens(1);
    generation.turn();
    var started = generation.events().getFirst().getStarted();
    assertThat(started.getConversation()).containsExactly(new Message(Role.USER, "a = \n;"));
    assertThat(started.getTemplateHash()).isEmpty();
  }

  @Test
  void asksForTheShapeOfTheAnswer() {
    generation.admit(
        "r",
        p ->
            p.setResponseFormat(dev.chasqui.events.ResponseFormat.JSON_SCHEMA)
                .setResponseSchema("{}"));
    assertThat(engine.call("r").request.shape().format())
        .isEqualTo(new ResponseFormat.JsonSchema("{}"));
  }

  private static List<List<Integer>> tokens(List<GenerationEvent> events, int choice) {
    return events.stream()
        .filter(event -> event.getType() == GenerationType.TOKENS)
        .filter(event -> event.getTokens().getChoice() == choice)
        .map(event -> event.getTokens().getTokenIds())
        .toList();
  }
}
