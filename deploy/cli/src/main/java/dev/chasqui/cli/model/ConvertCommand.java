package dev.chasqui.cli.model;

import dev.chasqui.cli.CommandException;
import dev.chasqui.cli.Surroundings;
import dev.chasqui.cli.fetch.ModelSource;
import dev.chasqui.engine.checkpoint.Checkpoint;
import dev.chasqui.engine.checkpoint.Checkpoints;
import dev.chasqui.engine.checkpoint.GgufExport;
import dev.chasqui.engine.tensor.Dtype;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes a checkpoint as GGUF. */
@Command(
    name = "convert",
    mixinStandardHelpOptions = true,
    description = {
      "Write a checkpoint of any format as a GGUF file, with tokenizer and chat template.",
      "Rows that are no whole blocks of the type become Q8_0 or BF16; in the 4-bit types the",
      "output matrix keeps 8 bits."
    })
final class ConvertCommand implements Callable<Integer> {

  private final Surroundings surroundings;

  @Parameters(
      index = "0",
      paramLabel = "IN",
      description = "GGUF file, folder of Hugging Face or Meta, hf:OWNER/REPO/FILE, or default.")
  private String source = ModelSource.DEFAULT;

  @Parameters(index = "1", paramLabel = "OUT", description = "The file to write; must not exist.")
  private Path out;

  @Option(
      names = "--type",
      paramLabel = "TYPE",
      required = true,
      description = "How matrices are stored: ${COMPLETION-CANDIDATES}.")
  private Type type;

  /** What can be written. */
  enum Type {
    Q8_0,
    Q4_0,
    Q4_K,
    BF16,
    F32
  }

  ConvertCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws IOException {
    if (Files.exists(out)) {
      throw new CommandException(out + " exists already: remove it or name another file.");
    }
    Path path = surroundings.models().locate(ModelSource.parse(source));
    try (Checkpoint checkpoint = Checkpoints.open(path)) {
      GgufExport.write(checkpoint, out, Dtype.valueOf(type.name()));
      surroundings
          .terminal()
          .println(
              String.format(
                  Locale.ROOT,
                  "%s: %s in %s, %,d bytes",
                  out,
                  checkpoint.config().name(),
                  type,
                  Files.size(out)));
    }
    return 0;
  }
}
