package dev.chasqui.standalone.kill;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Kills processes in mid-answer. {@code -Dchasqui.kill.seeds=20} runs twenty seeds, which take each
 * {@link Blow} in turn; a plain build runs two. {@code -Dchasqui.kill.broken.seeds=5} does the same
 * for the broken build, which a plain build meets once.
 */
class KillIT {

  private static final int USUAL_SEEDS = 2;
  private static final int USUAL_BROKEN_SEEDS = 1;
  private static final int PROMPTS = 24;
  private static final int MAX_TOKENS = 200;

  /** The fault of the broken build needs a service that dies. */
  private static final List<Blow> DEADLY =
      List.of(Blow.RESTART_ON_THE_SAME_STATE, Blow.RESTART_ON_EMPTY_STATE, Blow.SECOND_TAKES_OVER);

  private static GreedyRun greedy;
  private static Path model;
  private static Path guardModel;

  @TempDir private Path folder;

  @BeforeAll
  static void answerUndisturbed() throws Exception {
    model = golden("llama3-Q8_0.gguf");
    guardModel = golden("llama32-Q8_0.gguf");
    greedy = GreedyRun.of(model, PROMPTS, MAX_TOKENS);
  }

  static LongStream seeds() {
    return LongStream.range(0, Integer.getInteger("chasqui.kill.seeds", USUAL_SEEDS));
  }

  static LongStream brokenSeeds() {
    return LongStream.range(0, Integer.getInteger("chasqui.kill.broken.seeds", USUAL_BROKEN_SEEDS));
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void everyAnswerComesOutWholeAfterABlow(long seed) throws Exception {
    Blow blow = Blow.values()[(int) (seed % Blow.values().length)];

    List<String> faults = faults(blow, seed, List.of());

    assertThat(faults).as("seed %d, %s", seed, blow).isEmpty();
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("brokenSeeds")
  void aBuildThatCommitsBeforeItsStoreUpdateIsFoundOut(long seed) throws Exception {
    Blow blow = DEADLY.get((int) (seed % DEADLY.size()));

    List<String> faults = faults(blow, seed, List.of(CommitsBeforeTheStoreUpdate.SETTING));

    assertThat(faults)
        .as("seed %d, %s", seed, blow)
        .anyMatch(fault -> fault.contains("sequence-broken"));
  }

  private static Path golden(String file) throws Exception {
    return Path.of(KillIT.class.getResource("/golden/" + file).toURI());
  }

  private List<String> faults(Blow blow, long seed, List<String> ofInference) throws Exception {
    Path home = Files.createDirectories(folder.resolve("cluster"));
    try (Cluster cluster = new Cluster(new ClusterSpec(home, model, guardModel, ofInference))) {
      cluster.start();
      return new KillScenario(cluster, greedy, blow, seed).run().faults();
    }
  }
}
