package dev.chasqui.cli.model;

import dev.chasqui.cli.Surroundings;
import dev.chasqui.cli.fetch.ModelSource;
import dev.chasqui.engine.checkpoint.Checkpoint;
import dev.chasqui.engine.checkpoint.Checkpoints;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Prints what a checkpoint is. */
@Command(
    name = "inspect",
    mixinStandardHelpOptions = true,
    description = {
      "Print what a checkpoint is: architecture, sizes, quantisation, tokenizer, chat template,",
      "and the memory that weights and KV cache need. Weights are not read."
    })
final class InspectCommand implements Callable<Integer> {

  private final Surroundings surroundings;

  @Parameters(
      paramLabel = "PATH",
      description = "GGUF file, folder of Hugging Face or Meta, hf:OWNER/REPO/FILE, or default.")
  private String source = ModelSource.DEFAULT;

  @Option(names = "--json", description = "One JSON object on standard output.")
  private boolean json;

  InspectCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    Path path = surroundings.models().locate(ModelSource.parse(source));
    try (Checkpoint checkpoint = Checkpoints.open(path)) {
      CheckpointSummary summary = new CheckpointSummary(checkpoint, Checkpoints.format(path));
      surroundings.terminal().println(json ? summary.json().toString() : summary.text());
    }
    return 0;
  }
}
