package dev.chasqui.standalone;

import static dev.chasqui.standalone.Conversation.chat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.events.CancellationRequested;
import dev.chasqui.events.PromptSubmitted;
import dev.chasqui.events.ResponseEvent;
import dev.chasqui.events.ResponseType;
import dev.chasqui.events.VerdictOutcome;
import dev.chasqui.events.VerdictSubject;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Prompts that wait for a person, who decides with the command line. */
@Timeout(240)
class ReviewIT {

  private static final JsonMapper JSON = new JsonMapper();

  @TempDir private Path directory;
  private Standalone standalone;
  private Conversation conversation;

  @BeforeEach
  void start() throws Exception {
    standalone =
        Standalone.start(TestStandalone.settings(directory, model()), TestStandalone.phases());
    conversation = new Conversation(standalone.address().connection());
  }

  private static Path model() throws URISyntaxException {
    return Path.of(ReviewIT.class.getResource("/golden/llama32-Q8_0.gguf").toURI());
  }

  @AfterEach
  void stop() {
    conversation.close();
    standalone.close();
  }

  @Test
  void answersWhatAPersonApprovedAndRejectsTheRestAlsoAfterARestart() throws Exception {
    park("good");
    park("bad");
    List<String> listed = chasqui("review", "list", "--json").lines().toList();
    assertThat(listed).hasSize(2);
    assertThat(JSON.readTree(listed.getFirst()).path("requestId").asString()).isEqualTo("good");

    restart();
    assertThat(chasqui("review", "show", "good")).contains("model of good", "open, ");
    JsonNode approved =
        JSON.readTree(
            chasqui("review", "approve", "good", "--reviewer", "ann", "--reason", "ok", "--json"));
    assertThat(approved.path("decided").path("reviewer").asString()).isEqualTo("ann");
    assertThat(conversation.end("good").getType()).isEqualTo(ResponseType.FINISHED);
    assertThat(conversation.replies.get("good").tokenIds(0)).hasSize(3);

    assertThat(chasqui("review", "reject", "bad", "--reviewer", "bob", "--reason", "no"))
        .contains("rejected by bob");
    ResponseEvent end = conversation.end("bad");
    assertThat(end.getRejected().getCode()).isEqualTo("review-rejected");
    assertThat(end.getRejected().getMessage()).contains("no");
    assertThat(chasqui("review", "list")).contains("Nothing waits for review");

    JsonNode report = JSON.readTree(rejudged());
    assertThat(report.path("counts").path("review -> undecided").asInt())
        .as("%s", report)
        .isGreaterThanOrEqualTo(3);
    assertThat(report.path("changed")).isEqualTo(report.path("judged"));
    assertThat(
            report.path("changes").valueStream().map(change -> change.path("subject").asString()))
        .contains("prompt", "response");
  }

  /** What the same guard makes of the same texts under a policy that asks for more mass. */
  private String rejudged() throws Exception {
    return chasqui(
        "guard",
        "rejudge",
        "--guard-model",
        model().toString(),
        "--backend",
        "scalar",
        "--policy",
        TestStandalone.policies().resolve("open.policy").toString(),
        "--from",
        "2020-01-01",
        "--to",
        "2120-01-01",
        "--json");
  }

  @Test
  void showsAnAnswerWhenAPersonApprovedItAsWell() throws Exception {
    park("held", "held");
    chasqui("review", "approve", "held", "--reviewer", "ann");
    awaitReview("held", VerdictSubject.RESPONSE);
    assertThat(conversation.replies).doesNotContainKey("held");

    assertThat(chasqui("review", "show", "held")).contains("review      1 of the answer, choice 0");
    assertThat(chasqui("review", "approve", "held", "--reviewer", "bob"))
        .contains("approved by bob");

    assertThat(conversation.end("held").getType()).isEqualTo(ResponseType.FINISHED);
    assertThat(conversation.replies.get("held").tokenIds(0)).hasSize(3);
  }

  @Test
  void endsAHeldAnswerThatIsCancelledBehindItsGeneration() throws Exception {
    park("gone", "held");
    chasqui("review", "approve", "gone", "--reviewer", "ann");
    awaitReview("gone", VerdictSubject.RESPONSE);

    cancel("gone");

    assertThat(conversation.end("gone").getCancelled().getReason()).isEqualTo("no longer needed");
    assertThat(conversation.replies.get("gone").tokenIds(0)).isEmpty();
    assertThat(chasqui("review", "list")).contains("Nothing waits for review");
  }

  private void cancel(String id) throws Exception {
    var connection = standalone.address().connection();
    try (var producer = connection.producer(CancellationRequested.class)) {
      producer
          .send(
              new ProducerRecord<>(
                  connection.topics().cancellations(),
                  id,
                  new CancellationRequested(id, "no longer needed", Instant.now())))
          .get();
    }
  }

  private void park(String id) throws Exception {
    park(id, "reviewed");
  }

  private void park(String id, String policy) throws Exception {
    PromptSubmitted prompt = chat(id, "model of " + id, 3).setPolicyId(policy).build();
    conversation.submit(prompt);
    awaitReview(id, VerdictSubject.PROMPT);
  }

  private void awaitReview(String id, VerdictSubject subject) {
    conversation.awaitUntil(
        () ->
            conversation.verdicts.stream()
                .anyMatch(verdict ->
                    verdict.getRequestId().equals(id)
                        && verdict.getSubject() == subject
                        && verdict.getOutcome() == VerdictOutcome.REVIEW),
        "a verdict that asks for a person");
  }

  /** Stops all and starts it again on what it stored. */
  private void restart() throws Exception {
    stop();
    start();
  }

  private String chasqui(String... arguments) throws Exception {
    return CommandProcess.output(
        CommandProcess.start(standalone.address(), directory, arguments), directory);
  }
}
