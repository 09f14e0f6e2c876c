package dev.chasqui.engine.checkpoint;

import dev.chasqui.engine.api.CheckpointException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Opens checkpoints of every format. */
public final class Checkpoints {

  private static final String FILE_OF_FOLDER =
      ".*\\.(safetensors|index\\.json|pth)|(config|params)\\.json";

  private static final String LATER_PART = ".*-(?!00001)[0-9]{5}-of-[0-9]{5}\\.gguf";

  private Checkpoints() {}

  /**
   * Opens a checkpoint; the format is found from what is there.
   *
   * @param path a GGUF file or any of its parts; or a folder of Hugging Face ({@code config.json})
   *     or Meta ({@code params.json}), or a file in it; or a folder with one GGUF file
   * @return the checkpoint; the caller closes it
   * @throws CheckpointException if it is missing, damaged or of a kind that is not supported
   */
  public static Checkpoint open(Path path) {
    WeightFiles files = new WeightFiles();
    try {
      return read(path, files);
    } catch (RuntimeException | Error e) {
      files.close();
      throw e;
    }
  }

  /**
   * Reads the tokenizer of a checkpoint; weights are not needed for it.
   *
   * @param path what {@link #open} takes, or what {@link VocabularyFiles#open} does
   * @return its definition
   * @throws CheckpointException if there is none, or it is damaged or of a kind that is not
   *     supported
   */
  public static Vocabulary vocabulary(Path path) {
    if (VocabularyFiles.areAt(path)) {
      return VocabularyFiles.open(path);
    }
    try (Checkpoint checkpoint = open(path)) {
      return checkpoint.vocabulary();
    }
  }

  /**
   * Finds out of what format a checkpoint is, by what is there; nothing is read.
   *
   * @param path what {@link #open} takes
   * @return the format
   * @throws CheckpointException if there is nothing that could be a checkpoint
   */
  public static CheckpointFormat format(Path path) {
    if (Files.isDirectory(path)) {
      return formatOfFolder(path);
    }
    if (!Files.isRegularFile(path)) {
      throw new CheckpointException(
          path + " does not exist: name a GGUF file or the folder of a checkpoint");
    }
    boolean inFolder = path.getFileName().toString().matches(FILE_OF_FOLDER);
    return inFolder ? formatOfFolder(folder(path)) : CheckpointFormat.GGUF;
  }

  private static CheckpointFormat formatOfFolder(Path folder) {
    if (Files.isRegularFile(folder.resolve(HuggingFaceCheckpoint.CONFIG))) {
      return CheckpointFormat.HUGGING_FACE;
    }
    return Files.isRegularFile(folder.resolve(MetaCheckpoint.PARAMETERS))
        ? CheckpointFormat.META
        : CheckpointFormat.GGUF;
  }

  private static Checkpoint read(Path path, WeightFiles files) {
    return switch (format(path)) {
      case HUGGING_FACE -> HuggingFaceCheckpoint.read(folder(path), files);
      case META -> MetaCheckpoint.read(folder(path), files);
      case GGUF -> {
        Path file = Files.isDirectory(path) ? onlyGguf(path) : path;
        yield GgufCheckpoint.read(new GgufBytes(file, files.map(file)), files);
      }
    };
  }

  private static Path folder(Path path) {
    return Files.isDirectory(path) ? path : path.toAbsolutePath().getParent();
  }

  /** The file itself, or the first of its parts. */
  private static Path onlyGguf(Path folder) {
    try (Stream<Path> all = Files.list(folder)) {
      List<Path> models =
          all.filter(file -> file.getFileName().toString().endsWith(".gguf"))
              .filter(file -> !file.getFileName().toString().matches(LATER_PART))
              .toList();
      if (models.size() == 1) {
        return models.getFirst();
      }
      throw new CheckpointException(
          "%s holds %d GGUF files: expected one, or config.json of Hugging Face, or params.json of Meta"
              .formatted(folder, models.size()));
    } catch (IOException e) {
      throw new CheckpointException(folder + " cannot be read: " + e.getMessage(), e);
    }
  }
}
