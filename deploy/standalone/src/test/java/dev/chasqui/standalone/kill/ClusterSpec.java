package dev.chasqui.standalone.kill;

import java.nio.file.Path;

/**
 * What a {@link Cluster} runs.
 *
 * @param folder where everything of it lies; empty at first
 * @param model the checkpoint that answers
 * @param guardModel the checkpoint that judges
 */
record ClusterSpec(Path folder, Path model, Path guardModel) {

  /** The name by which prompts ask for the model. */
  static final String MODEL = "tiny";

  /** Partitions of the co-partitioned topics. */
  static final int PARTITIONS = 4;
}
