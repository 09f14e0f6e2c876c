package dev.chasqui.engine.checkpoint;

import dev.chasqui.engine.api.CheckpointException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One of the files that a large GGUF model was split into (llama.cpp, gguf-split): their names end
 * in {@code -00001-of-00003.gguf} and so on. The first one has all metadata.
 *
 * @param file this one
 * @param number which one, from 0
 * @param count how many there are
 * @param place where the file says so
 */
record GgufSplit(Path file, int number, int count, long place) {

  private static final Pattern NAME = Pattern.compile("(.+)-([0-9]{5})-of-([0-9]{5})\\.gguf");

  static GgufSplit of(GgufMetadata metadata) {
    int count = metadata.integer("split.count").orElse(1);
    int number = metadata.integer("split.no").orElse(0);
    GgufSplit split =
        new GgufSplit(
            metadata.file().file(), number, Math.max(count, 1), metadata.offset("split.no"));
    if (count > 1) {
      split.checkName();
    }
    return split;
  }

  private void checkName() {
    Matcher name = NAME.matcher(file.getFileName().toString());
    if (!name.matches()
        || Integer.parseInt(name.group(2)) != number + 1
        || Integer.parseInt(name.group(3)) != count) {
      throw CheckpointException.at(
          file,
          place,
          "part %d of %d".formatted(number + 1, count),
          "a name that ends in -%05d-of-%05d.gguf, with the other parts beside it"
              .formatted(number + 1, count));
    }
  }

  /** Returns where another part lies: beside this one. */
  Path part(int other) {
    Matcher name = NAME.matcher(file.getFileName().toString());
    if (!name.matches()) {
      throw new IllegalStateException(file + " is not split");
    }
    Path part =
        file.resolveSibling("%s-%05d-of-%05d.gguf".formatted(name.group(1), other + 1, count));
    if (!Files.isRegularFile(part)) {
      throw CheckpointException.at(
          file,
          place,
          "part %d of %d without %s".formatted(number + 1, count, part),
          "all parts in one folder");
    }
    return part;
  }
}
