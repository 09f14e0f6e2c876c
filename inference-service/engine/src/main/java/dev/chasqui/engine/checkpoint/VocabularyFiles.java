package dev.chasqui.engine.checkpoint;

import dev.chasqui.engine.api.CheckpointException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Opens files that hold only a tokenizer: {@code tokenizer.json} of Hugging Face, {@code
 * tokenizer.model} of SentencePiece with the tokens that are named beside it, and Meta's tiktoken
 * files of the same name.
 */
public final class VocabularyFiles {

  private static final List<String> NAMES =
      List.of("tokenizer.json", "tokenizer.json.gz", "tokenizer.model");

  private VocabularyFiles() {}

  /**
   * Reads a tokenizer.
   *
   * @param path one of those files, or a folder that has one; {@code tokenizer.json} goes first,
   *     since it has the special tokens
   * @return its definition
   * @throws CheckpointException if there is none, or it is damaged or of a kind that is not
   *     supported
   */
  public static Vocabulary open(Path path) {
    Path file = Files.isDirectory(path) ? fileIn(path) : path;
    if (file.getFileName().toString().contains(".json")) {
      return TokenizerJson.read(file);
    }
    return isProtobuf(file)
        ? AddedTokens.beside(file, SentencePieceModel.read(file))
        : TiktokenFile.read(file);
  }

  /** Returns whether a path is, by its name, one of those files, or a folder that has one. */
  static boolean areAt(Path path) {
    if (Files.isDirectory(path)) {
      return find(path).isPresent();
    }
    return path.getFileName()
        .toString()
        .matches("tokenizer.*\\.json(\\.gz)?|.*\\.(model|tiktoken)");
  }

  private static Optional<Path> find(Path folder) {
    return NAMES.stream().map(folder::resolve).filter(Files::isRegularFile).findFirst();
  }

  private static Path fileIn(Path folder) {
    return find(folder)
        .orElseThrow(() ->
            new CheckpointException(
                "%s has no tokenizer: expected one of %s".formatted(folder, NAMES)));
  }

  /** A SentencePiece model begins with a piece: field 1, a message. */
  private static boolean isProtobuf(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      return in.read() == 0x0a;
    } catch (IOException failure) {
      throw CheckpointException.unreadable(file, failure);
    }
  }
}
