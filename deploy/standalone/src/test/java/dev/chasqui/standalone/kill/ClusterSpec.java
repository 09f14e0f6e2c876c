package dev.chasqui.standalone.kill;

import java.nio.file.Path;
import java.util.List;

/**
 * What a {@link Cluster} runs.
 *
 * @param folder where everything of it lies; empty at first
 * @param model the checkpoint that answers
 * @param guardModel the checkpoint that judges
 * @param ofInference further settings of the inference services, as {@code --name=value}
 */
record ClusterSpec(Path folder, Path model, Path guardModel, List<String> ofInference) {

  ClusterSpec {
    ofInference = List.copyOf(ofInference);
  }

  /** The name by which prompts ask for the model. */
  static final String MODEL = "tiny";

  /** Partitions of the co-partitioned topics. */
  static final int PARTITIONS = 4;
}
