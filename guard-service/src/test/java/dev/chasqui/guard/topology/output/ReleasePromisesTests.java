package dev.chasqui.guard.topology.output;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.events.ReleaseMode;
import dev.chasqui.events.ResponseType;
import dev.chasqui.guard.policy.Policies;
import dev.chasqui.guard.policy.Policy;
import dev.chasqui.guard.policy.PolicySource;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many answers by seeded scripts, each under every release mode, against what was promised. */
class ReleasePromisesTests {

  private static final int SEEDS = 150;

  @TempDir Path directory;
  private OutputGuard out;

  @BeforeEach
  void open() {
    List<Policy> all = new ArrayList<>(PolicySource.builtIn());
    all.add(PolicySource.parse("closed", "id=closed\nwindow-tokens=8"));
    all.add(PolicySource.parse("open", "id=open\nwindow-tokens=8\nundecided=admit"));
    out =
        new OutputGuard(
            directory,
            Policies.of(all, Map.of("closed", "closed", "open", "open"), Policies.DEFAULT_ID));
  }

  @AfterEach
  void close() {
    out.close();
  }

  @Test
  void keepsItsPromisesWhateverHappens() {
    Map<ReleaseMode, Map<ResponseType, Integer>> ends = new EnumMap<>(ReleaseMode.class);
    int crashes = 0;
    for (long seed = 0; seed < SEEDS; seed++) {
      Map<ReleaseMode, ReleaseRun> runs = new EnumMap<>(ReleaseMode.class);
      for (ReleaseMode mode : ReleaseMode.values()) {
        ReleaseRun run = checked(mode, seed);
        runs.put(mode, run);
        ends.computeIfAbsent(mode, _ -> new EnumMap<>(ResponseType.class))
            .merge(run.responses.getLast().event().getType(), 1, Integer::sum);
        crashes += run.crashes;
      }
      assertThatRetractLeavesWhatWindowShows(runs, seed);
    }
    System.out.printf("%d seeds, %d crashes, ends %s%n", SEEDS, crashes, ends);
    assertThat(ends.get(ReleaseMode.RETRACT)).as("all ends were seen").hasSize(5);
    assertThat(ends.get(ReleaseMode.AUDIT)).doesNotContainKey(ResponseType.REJECTED);
  }

  private ReleaseRun checked(ReleaseMode mode, long seed) {
    try {
      ReleaseRun run = new ReleaseRun(mode + "-" + seed, out, mode, seed).run();
      new Promises(run).check();
      out.assertNothingStored();
      assertThat(out.driver.deadLetters()).isEmpty();
      return run;
    } catch (AssertionError | RuntimeException broken) {
      throw new AssertionError("mode %s, seed %d".formatted(mode, seed), broken);
    }
  }

  private static void assertThatRetractLeavesWhatWindowShows(
      Map<ReleaseMode, ReleaseRun> runs, long seed) {
    ReleaseRun window = runs.get(ReleaseMode.WINDOW);
    ReleaseRun retract = runs.get(ReleaseMode.RETRACT);
    for (ReleaseRun.Truth choice : window.choices) {
      assertThat(retract.standing(choice.number, Integer.MAX_VALUE))
          .as("seed %d, choice %d", seed, choice.number)
          .isEqualTo(window.standing(choice.number, Integer.MAX_VALUE));
    }
  }
}
