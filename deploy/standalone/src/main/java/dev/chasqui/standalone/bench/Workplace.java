package dev.chasqui.standalone.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A temporary folder for all that a measurement stores.
 *
 * @param directory the folder
 */
record Workplace(Path directory) implements AutoCloseable {

  static Workplace make() throws IOException {
    return new Workplace(Files.createTempDirectory("chasqui-bench-"));
  }

  Path log() {
    return directory.resolve("chasqui.log");
  }

  /**
   * Returns a folder with policy {@code open}: models of every kind judge themselves here, and what
   * they cannot decide passes.
   */
  Path openPolicy() {
    return policy("open", "undecided=admit");
  }

  /** Returns a folder with policy {@code stop}, which asks for no categories. */
  Path stopPolicy() {
    return policy("stop", "category-scores=never");
  }

  private Path policy(String id, String line) {
    Path folder = fresh("policies");
    try {
      Files.writeString(folder.resolve(id + ".policy"), "id=%s\n%s\n".formatted(id, line));
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns an empty folder in it. */
  Path fresh(String name) {
    try {
      return Files.createTempDirectory(directory, name + "-");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Deletes a folder and all that is in it. */
  static void delete(Path directory) {
    try (Stream<Path> found = Files.walk(directory)) {
      List<Path> deepestFirst = found.sorted(Comparator.reverseOrder()).toList();
      for (Path each : deepestFirst) {
        Files.deleteIfExists(each);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    delete(directory);
  }
}
