package dev.chasqui.guard.topology.output;

import static dev.chasqui.guard.topology.output.Generations.finished;
import static dev.chasqui.guard.topology.output.Generations.said;
import static dev.chasqui.guard.topology.output.Generations.tokens;
import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.events.FinishReason;
import dev.chasqui.events.PolicyReference;
import dev.chasqui.events.ReleaseMode;
import dev.chasqui.guard.policy.Policies;
import dev.chasqui.guard.policy.PolicySource;
import dev.chasqui.guard.topology.GuardDriver;
import dev.chasqui.guard.topology.GuardObserver;
import dev.chasqui.guard.topology.wire.Final;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an observer learns of retractions, and of what AUDIT lets pass. */
class ObservedReleaseTests {

  @TempDir Path directory;
  private final List<String> told = new ArrayList<>();
  private OutputGuard out;
  private GuardDriver guard;

  @BeforeEach
  void open() {
    GuardObserver observer =
        new GuardObserver() {
          @Override
          public void retracted(PolicyReference policy, Final end) {
            String what = end instanceof Final.Rejected rejected ? rejected.code() : "other";
            told.add("retracted " + policy.getPolicyId() + " " + what);
          }

          @Override
          public void audited(PolicyReference policy, String outcome) {
            told.add("audited " + policy.getPolicyId() + " " + outcome);
          }
        };
    out =
        new OutputGuard(
            directory,
            Policies.of(
                List.of(PolicySource.parse("p", "id=p\nreview-threshold=0.2\ncode-scan=block")),
                Map.of(),
                "p"),
            observer);
    guard = out.driver;
  }

  @AfterEach
  void close() {
    out.close();
  }

  @Test
  void learnsOfEachChoiceOfWhichTokensAreTakenBack() {
    begin(ReleaseMode.RETRACT, 2);
    out.send(tokens("a", 0, 0, 32), tokens("a", 1, 0, 5));

    unsafe();

    assertThat(told).containsExactly("retracted p unsafe-response", "retracted p unsafe-response");
  }

  @Test
  void learnsOfNoRetractionWhereAllThatWasShownWasLetThrough() {
    begin(ReleaseMode.RETRACT, 1);
    out.send(tokens("a", 0, 32));
    safe();
    out.send(finished("a", FinishReason.STOP));

    assertThat(told).isEmpty();
  }

  @Test
  void learnsOfWhatAuditLetsPassThatOthersWouldNot() {
    begin(ReleaseMode.AUDIT, 1);
    out.send(tokens("a", 0, 32));
    safe();
    out.send(tokens("a", 32, 64));
    unsafe();
    out.send(tokens("a", 64, 96));
    guard.engine.score(0.7, 0.3);
    guard.turn();
    out.send(tokens("a", 96, 128));
    guard.engine.undecided();
    guard.turn();

    assertThat(told)
        .containsExactly("audited p unsafe-response", "audited p review", "audited p undecided");
  }

  @Test
  void learnsOfInsecureCodeThatAuditLetsPass() {
    begin(ReleaseMode.AUDIT, 1);
    out.send(said("a", 0, 32, "```python\nimport os\nos.system(\"ping \" + host)\n```\n"));
    safe();

    assertThat(told).containsExactly("audited p insecure-code");
  }

  @Test
  void learnsNothingOfVerdictsThatAreHeeded() {
    begin(ReleaseMode.WINDOW, 1);
    out.send(tokens("a", 0, 32));
    unsafe();

    assertThat(told).isEmpty();
  }

  private void begin(ReleaseMode mode, int choices) {
    out.begin("a", Generations.start(out.policies(), "shop", mode).setChoices(choices).build());
  }

  private void safe() {
    guard.engine.safe();
    guard.turn();
  }

  private void unsafe() {
    guard.engine.unsafe();
    guard.turn();
  }
}
