package dev.chasqui.guard.topology.input;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.events.PromptSubmitted;
import dev.chasqui.events.ReviewDecided;
import dev.chasqui.events.ReviewDecision;
import dev.chasqui.events.ReviewEvent;
import dev.chasqui.events.ReviewRequested;
import dev.chasqui.events.ReviewType;
import dev.chasqui.events.VerdictOutcome;
import dev.chasqui.guard.policy.Policies;
import dev.chasqui.guard.policy.PolicySource;
import dev.chasqui.guard.topology.GuardDriver;
import dev.chasqui.guard.topology.GuardObserver;
import dev.chasqui.schemas.deadletter.DeadLetter;
import dev.chasqui.schemas.topics.TopicRole;
import dev.chasqui.stream.CommitPace;
import dev.chasqui.stream.Reopenable;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** The input topology under policies with a review band, and a reviewer. */
final class PromptReviewing implements AutoCloseable {

  static final Duration TIMEOUT = Duration.ofMinutes(10);
  static final Instant DECISION_TIME = GuardDriver.BEGIN.plusSeconds(1);

  final GuardDriver guard;
  private final InputTopology topology;

  PromptReviewing(Path directory) {
    this(directory, policies());
  }

  PromptReviewing(Path directory, Policies policies) {
    guard = new GuardDriver(directory, policies, 2);
    topology = new InputTopology(guard.setup, guard.desk, Retention.DEFAULT, GuardObserver.NONE);
    guard.start(
        topology.build(new CommitPace(Duration.ofMillis(50)), Reopenable::of), TopicRole.PROMPTS);
  }

  @Override
  public void close() {
    guard.close();
    topology.close();
  }

  private static Policies policies() {
    String band = "\nreview-threshold=0.2\nreview-timeout=PT10M";
    return Policies.of(
        List.of(
            PolicySource.parse("strict", "id=strict" + band),
            PolicySource.parse("mild", "id=mild\nreview-unanswered=approve" + band)),
        Map.of("mild", "mild"),
        "strict");
  }

  void park(String id, String tenant) {
    submit(Prompts.prompt(id).setTenant(tenant).build());
    parked();
  }

  /** Lets the guard answer with a score in the review band, and returns what is asked then. */
  ReviewRequested parked() {
    guard.engine.score(0.7, 0.3);
    guard.turn();
    assertThat(guard.verdicts().getLast().getOutcome()).isEqualTo(VerdictOutcome.REVIEW);
    ReviewEvent asked = guard.reviews().getLast();
    assertThat(asked.getType()).isEqualTo(ReviewType.REQUESTED);
    return asked.getRequested();
  }

  void submit(PromptSubmitted prompt) {
    guard.pipe(TopicRole.PROMPTS, prompt.getRequestId(), prompt);
  }

  void decide(String id, ReviewDecided decided) {
    guard.pipe(TopicRole.REVIEW_DECISIONS, id, event(id, decided));
  }

  static ReviewEvent event(String id, ReviewDecided decided) {
    return ReviewEvent.newBuilder()
        .setRequestId(id)
        .setType(ReviewType.DECIDED)
        .setTime(DECISION_TIME)
        .setDecided(decided)
        .build();
  }

  static ReviewDecided approve(String reviewer) {
    return decision(ReviewDecision.APPROVE, reviewer).build();
  }

  static ReviewDecided edit(String text) {
    return decision(ReviewDecision.EDIT, "ann").setEditedText(text).build();
  }

  static ReviewDecided.Builder decision(ReviewDecision decision, String reviewer) {
    return ReviewDecided.newBuilder()
        .setDecision(decision)
        .setReviewer(reviewer)
        .setReason("it is about bread");
  }

  DeadLetter deadLetter() {
    return DeadLetter.read(only(guard.deadLetters()).headers()).orElseThrow();
  }

  String deadLetterMessage(ReviewDecided decided) {
    decide("a", decided);
    return deadLetter().message();
  }

  static <T> T only(List<T> records) {
    assertThat(records).hasSize(1);
    return records.getFirst();
  }
}
