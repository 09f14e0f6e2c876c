package dev.chasqui.standalone;

import static dev.chasqui.standalone.Conversation.chat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.engine.api.ChatMessage;
import dev.chasqui.engine.api.GenerationEvent;
import dev.chasqui.engine.api.GenerationRequest;
import dev.chasqui.engine.api.Prompt;
import dev.chasqui.engine.api.SamplingParameters;
import dev.chasqui.engine.api.StopCriteria;
import dev.chasqui.engine.api.TokenIds;
import dev.chasqui.engine.runtime.EngineOptions;
import dev.chasqui.engine.runtime.LlamaEngine;
import dev.chasqui.events.PromptSubmitted;
import dev.chasqui.events.ResponseEvent;
import dev.chasqui.events.ResponseType;
import dev.chasqui.events.SafetyVerdict;
import dev.chasqui.events.VerdictOutcome;
import dev.chasqui.events.VerdictSubject;
import dev.chasqui.schemas.deadletter.DeadLetter;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Prompts through broker, guard and model and back, with a golden model of random weights. */
@Timeout(180)
class EndToEndIT {

  private static final String QUESTION = "default github model";

  /** Usual limit of a producer and of the services, in bytes. */
  private static final int LARGEST_RECORD = 1 << 20;

  private static final int PARTITIONS = 4;

  @TempDir private static Path directory;
  private static Standalone standalone;
  private static Conversation conversation;

  @BeforeAll
  static void start() throws Exception {
    standalone =
        Standalone.start(TestStandalone.settings(directory, model()), TestStandalone.phases());
    conversation = new Conversation(standalone.address().connection());
  }

  @AfterAll
  static void stop() {
    conversation.close();
    standalone.close();
  }

  private static Path model() throws URISyntaxException {
    return Path.of(EndToEndIT.class.getResource("/golden/llama32-Q8_0.gguf").toURI());
  }

  @Test
  void answersWithTheTokensOfTheEngineAlone() throws Exception {
    ResponseEvent end = conversation.ask(chat("equal", QUESTION, 40).build());

    assertThat(end.getType()).as("%s", end).isEqualTo(ResponseType.FINISHED);
    assertThat(conversation.replies.get("equal").tokenIds(0)).isEqualTo(greedy(QUESTION, 40));
    assertThat(end.getFinished().getUsage().getCompletionTokens()).isEqualTo(40);
  }

  @Test
  void tellsWhatTheGuardSaidOfPromptAndAnswer() throws Exception {
    conversation.ask(chat("judged", QUESTION, 40).build());

    // How many windows an answer has depends on how its tokens came in chunks.
    conversation.awaitUntil(
        () ->
            verdicts("judged")
                .anyMatch(v -> v.getWindow() != null && v.getWindow().getToSequence() == 40),
        "a verdict on the whole answer");
    assertThat(verdicts("judged").map(SafetyVerdict::getSubject))
        .startsWith(VerdictSubject.PROMPT)
        .contains(VerdictSubject.RESPONSE);
    assertThat(verdicts("judged"))
        .allSatisfy(verdict -> {
          assertThat(verdict.getPolicy().getPolicyId()).isEqualTo("open");
          assertThat(verdict.getAdmitted()).isTrue();
        });
  }

  private Stream<SafetyVerdict> verdicts(String requestId) {
    return conversation.verdicts.stream().filter(v -> v.getRequestId().equals(requestId));
  }

  @Test
  void makesOneAnswerOfARepeatedId() throws Exception {
    PromptSubmitted prompt = chat("twice", QUESTION, 4).build();
    conversation.ask(prompt);
    conversation.submit(prompt);

    conversation.awaitUntil(
        () ->
            conversation.verdicts.stream()
                .anyMatch(verdict ->
                    verdict.getRequestId().equals("twice")
                        && verdict.getOutcome() == VerdictOutcome.DUPLICATE),
        "duplicate verdict");
    goesOn("after-duplicate");
    assertThat(conversation.finals.get("twice")).hasSize(1);
  }

  @Test
  void putsBytesThatAreNoAvroAside() throws Exception {
    conversation.submitBytes("no-avro", "hello".getBytes(StandardCharsets.UTF_8));

    ConsumerRecord<byte[], byte[]> letter = deadLetter("no-avro");
    assertThat(letter.value()).asString().isEqualTo("hello");
    DeadLetter reason = DeadLetter.read(letter.headers()).orElseThrow();
    assertThat(reason.code()).isEqualTo("malformed-record");
    assertThat(reason.message()).contains("0x68");
    assertThat(reason.source().topic()).isEqualTo("chasqui.prompts");
    assertThat(reason.source().partition()).isBetween(0, PARTITIONS - 1);
    assertThat(reason.offset()).isNotNegative();
    assertThat(reason.time()).isBeforeOrEqualTo(Instant.now());
    goesOn("after-no-avro");
  }

  @Test
  void putsAnUnknownSchemaAside() throws Exception {
    byte[] value = ByteBuffer.allocate(16).put((byte) 0).putInt(987_654).array();
    conversation.submitBytes("no-schema", value);

    assertThat(header(deadLetter("no-schema"), DeadLetter.CODE)).isEqualTo("unknown-schema");
    assertThat(header(deadLetter("no-schema"), DeadLetter.MESSAGE)).contains("987654");
    goesOn("after-no-schema");
  }

  @Test
  void failsAPromptThatIsLongerThanTheContext() throws Exception {
    ResponseEvent end = conversation.ask(chat("long", "model ".repeat(3000), 4).build());

    assertThat(end.getType()).as("%s", end).isEqualTo(ResponseType.FAILED);
    assertThat(end.getFailed().getCode()).isEqualTo("context-length-exceeded");
    assertThat(end.getFailed().getMessage()).contains("tokens", "2048", "Shorten");
    goesOn("after-long");
  }

  @Test
  void rejectsAnEmptyPrompt() throws Exception {
    rejects(chat("empty", "", 4).build(), "messages", "1 turns", "at least one", "Give");
  }

  @Test
  void rejectsANegativeNumberOfTokens() throws Exception {
    rejects(chat("negative", QUESTION, -3).build(), "maxTokens", "is -3", "at least 1");
  }

  @Test
  void rejectsAnUnknownModel() throws Exception {
    rejects(chat("unknown", QUESTION, 4).setModel("gpt-9").build(), "model", "gpt-9", "default");
  }

  @Test
  void refusesAloneARequestThatIsTooLargeToBeKept() throws Exception {
    List<String> ids = ofOnePartition("large", 3);
    conversation.submit(chat(ids.get(0), QUESTION, 200).build());
    PromptSubmitted large = chat(ids.get(1), "x".repeat(LARGEST_RECORD - 400), 4).build();

    ResponseEvent end = conversation.ask(large);

    assertThat(end.getType()).as("%s", end.getType()).isEqualTo(ResponseType.REJECTED);
    assertThat(end.getRejected().getCode()).isEqualTo("request-too-large");
    assertThat(end.getRejected().getMessage()).contains("1,048,576", "max-request-size");
    goesOn(ids.get(2));
    conversation.end(ids.get(0));
    assertThat(conversation.replies.get(ids.get(0)).tokenIds(0))
        .as("answer of a neighbour that came before")
        .isEqualTo(greedy(QUESTION, 200));
    assertThat(conversation.finals.get(ids.get(1))).hasSize(1);
  }

  private static List<String> ofOnePartition(String prefix, int count) {
    return IntStream.iterate(0, number -> number + 1)
        .mapToObj(number -> prefix + "-" + number)
        .filter(id ->
            BuiltInPartitioner.partitionForKey(id.getBytes(StandardCharsets.UTF_8), PARTITIONS)
                == 0)
        .limit(count)
        .toList();
  }

  private static void rejects(PromptSubmitted prompt, String field, String... named)
      throws Exception {
    ResponseEvent end = conversation.ask(prompt);

    assertThat(end.getType()).as("%s", end).isEqualTo(ResponseType.REJECTED);
    assertThat(end.getRejected().getField()).containsIgnoringCase(field);
    assertThat(end.getRejected().getMessage()).contains(named);
    goesOn("after-" + prompt.getRequestId());
  }

  private static void goesOn(String id) throws Exception {
    ResponseEvent end = conversation.ask(chat(id, QUESTION, 2).build());
    assertThat(end.getType()).as("%s", end).isEqualTo(ResponseType.FINISHED);
  }

  private static ConsumerRecord<byte[], byte[]> deadLetter(String key) {
    conversation.awaitUntil(() -> find(key).isPresent(), "dead letter " + key);
    return find(key).orElseThrow();
  }

  private static Optional<ConsumerRecord<byte[], byte[]>> find(String key) {
    return conversation.deadLetters.stream()
        .filter(each -> key.equals(new String(each.key(), StandardCharsets.UTF_8)))
        .findFirst();
  }

  private static String header(ConsumerRecord<byte[], byte[]> each, String name) {
    return new String(each.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
  }

  private static List<Integer> greedy(String question, int maxTokens) throws Exception {
    CompletableFuture<TokenIds> done = new CompletableFuture<>();
    TokenIds[] tokens = {TokenIds.empty()};
    try (LlamaEngine engine = LlamaEngine.open(EngineOptions.of(model()).withBackend("scalar"))) {
      engine.generate(
          GenerationRequest.of(
              "alone",
              new Prompt.Chat(List.of(new ChatMessage(ChatMessage.Role.USER, question))),
              SamplingParameters.GREEDY,
              StopCriteria.maxTokens(maxTokens)),
          event -> {
            switch (event) {
              case GenerationEvent.Tokens more -> tokens[0] = tokens[0].plus(more.tokenIds());
              case GenerationEvent.Finished ignored -> done.complete(tokens[0]);
              case GenerationEvent.Failed failed ->
                  done.completeExceptionally(new AssertionError(failed.message()));
            }
          });
      return done.get(60, TimeUnit.SECONDS).stream().boxed().toList();
    }
  }
}
