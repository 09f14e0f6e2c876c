package dev.chasqui.cli.engine;

import picocli.CommandLine.Option;

/** What computes. */
final class ComputeOptions {

  @Option(
      names = "--backend",
      paramLabel = "NAME",
      defaultValue = "auto",
      description =
          "auto, scalar, vector, native or cuda. Default: ${DEFAULT-VALUE}, the best one here.")
  private String backend = "auto";

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Compute threads. Default: all processors.")
  private int threads = Runtime.getRuntime().availableProcessors();

  String backend() {
    return backend;
  }

  int threads() {
    return threads;
  }
}
