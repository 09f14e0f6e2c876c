package dev.chasqui.standalone;

import static dev.chasqui.standalone.Conversation.chat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.events.PolicyEvent;
import dev.chasqui.events.PolicyReference;
import dev.chasqui.events.ResponseType;
import dev.chasqui.events.SafetyVerdict;
import dev.chasqui.guard.policy.Policy;
import dev.chasqui.guard.policy.PolicySource;
import dev.chasqui.guard.publication.PolicyEvents;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Versions of a policy that are published and activated while prompts are judged. */
@Timeout(300)
class PolicyIT {

  private static final String QUESTION = "default github model";
  private static final Policy SECOND =
      PolicySource.parse("test", "id=open\nversion=2\nundecided=admit\nwindow-tokens=8");

  @TempDir private Path directory;
  private StandaloneSettings settings;
  private Standalone standalone;
  private Conversation conversation;
  private int number;

  @BeforeEach
  void start() throws Exception {
    Path model = Path.of(PolicyIT.class.getResource("/golden/llama32-Q8_0.gguf").toURI());
    settings = TestStandalone.settings(directory.resolve("chasqui"), model);
    open();
  }

  @AfterEach
  void close() {
    conversation.close();
    standalone.close();
  }

  private void open() {
    standalone = Standalone.start(settings, TestStandalone.phases());
    conversation = new Conversation(standalone.address().connection());
  }

  @Test
  void endsOpenRequestsUnderTheirVersionAndGivesNewOnesTheActiveOneAlsoAfterARestart()
      throws Exception {
    List<String> asked = IntStream.range(0, 60).mapToObj(each -> "open-" + each).toList();
    for (String id : asked) {
      conversation.submit(chat(id, QUESTION, 200).build());
    }
    conversation.awaitUntil(() -> asked.stream().filter(this::isJudged).count() > 10, "verdicts");
    List<String> admitted = asked.stream().filter(this::isJudged).toList();

    publish(SECOND);
    awaitVersion(2);

    assertThat(admitted)
        .as("some are open yet")
        .anyMatch(id -> !conversation.finals.containsKey(id));
    for (String id : admitted) {
      assertThat(conversation.end(id).getType()).isEqualTo(ResponseType.FINISHED);
      assertThat(conversation.end(id).getPolicy().getVersion()).isEqualTo(1);
      assertThat(verdicts(id)).allMatch(verdict -> verdict.getPolicy().getVersion() == 1);
    }

    sendWhatMakesNoSense();
    conversation.close();
    standalone.close();
    open();
    PolicyReference after = policyOfANewPrompt();
    assertThat(after.getVersion()).isEqualTo(2);
    assertThat(after.getHash()).isEqualTo(SECOND.key().hash());
  }

  @Test
  void obeysTheCommandLine() throws Exception {
    Path first = TestStandalone.policies().resolve("open.policy");
    Path second = Files.writeString(directory.resolve("b.policy"), PolicySource.text(SECOND));

    assertThat(run("policy", "publish", first.toString())).contains("open@1 published");
    assertThat(run("policy", "publish", "--activate", second.toString()))
        .contains("open@2 published")
        .contains("it holds for new prompts");
    awaitVersion(2);

    assertThat(run("policy", "activate", "open@1")).contains("open@1").contains("open@2");
    awaitVersion(1);

    assertThat(run("policy", "list"))
        .containsPattern("\\* open@1 +[0-9a-f]{12}")
        .containsPattern("  open@2 +" + SECOND.key().hash().substring(0, 12))
        .contains("* default@1");
    String shown = run("policy", "show", "open@2");
    assertThat(PolicySource.parse("shown", shown)).isEqualTo(SECOND);

    obeysForOneTenant();

    JsonNode report = new JsonMapper().readTree(rejudged("open@2"));
    assertThat(report.path("policy").asString()).isEqualTo("open@2");
    assertThat(report.path("judged").asInt()).as("%s", report).isPositive();

    Files.writeString(second, "id=open\nversion=2");
    Process refused =
        CommandProcess.start(
            standalone.address(), directory, "policy", "publish", second.toString());
    assertThat(refused.waitFor()).isEqualTo(1);
    assertThat(Files.readString(directory.resolve("cli.err")))
        .contains("versions never change")
        .contains("version 3");
  }

  /** All prompts here are of one tenant. */
  private void obeysForOneTenant() throws Exception {
    assertThat(run("policy", "activate", "--tenant", "default", "open@2"))
        .contains("open@2 holds for new prompts of tenant default");
    awaitVersion(2);
    assertThat(run("policy", "list")).containsPattern("  open@2 .*  for default");
    assertThat(run("policy", "show", "open@2")).contains("# holds for new prompts of: tenant");

    assertThat(run("policy", "deactivate", "--tenant", "default")).contains("before it open@2");
    awaitVersion(1);
  }

  /** What a version that stands on the topic alone makes of what was judged here. */
  private String rejudged(String policy) throws Exception {
    return run(
        "guard",
        "rejudge",
        "--guard-model",
        settings.model().toString(),
        "--backend",
        "scalar",
        "--policy",
        policy,
        "--from",
        "2020-01-01",
        "--to",
        "2120-01-01",
        "--json");
  }

  private String run(String... arguments) throws Exception {
    return CommandProcess.output(
        CommandProcess.start(standalone.address(), directory, arguments), directory);
  }

  private void publish(Policy policy) throws Exception {
    var connection = standalone.address().connection();
    try (Producer<String, PolicyEvent> producer = connection.producer(PolicyEvent.class)) {
      String topic = connection.topics().policies();
      Instant now = Instant.now();
      String key = policy.key().toString();
      producer.send(new ProducerRecord<>(topic, key, PolicyEvents.published(policy, now))).get();
      producer
          .send(new ProducerRecord<>(topic, policy.id(), PolicyEvents.activated(policy.key(), now)))
          .get();
    }
  }

  /** Bytes that are no event, the end of a record, and another content under the same version. */
  private void sendWhatMakesNoSense() throws Exception {
    String topic = standalone.address().topics().policies();
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", standalone.address().bootstrap()),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      byte[] key = "open@3".getBytes(StandardCharsets.UTF_8);
      producer.send(new ProducerRecord<>(topic, key, new byte[] {1, 2, 3})).get();
      producer.send(new ProducerRecord<>(topic, key, null)).get();
    }
    publish(PolicySource.parse("test", "id=open\nversion=2"));
  }

  private void awaitVersion(int version) throws Exception {
    long deadline = System.nanoTime() + 60_000_000_000L;
    while (policyOfANewPrompt().getVersion() != version) {
      assertThat(System.nanoTime()).as("in time").isLessThan(deadline);
    }
  }

  private PolicyReference policyOfANewPrompt() throws Exception {
    String id = "new-" + number++ + "-" + standalone.hashCode();
    conversation.submit(chat(id, QUESTION, 2).build());
    conversation.awaitUntil(() -> isJudged(id), "a verdict on " + id);
    return verdicts(id).findFirst().orElseThrow().getPolicy();
  }

  private boolean isJudged(String requestId) {
    return verdicts(requestId).findAny().isPresent();
  }

  private Stream<SafetyVerdict> verdicts(String requestId) {
    return conversation.verdicts.stream()
        .filter(verdict -> verdict.getRequestId().equals(requestId));
  }
}
