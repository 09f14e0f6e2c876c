package dev.chasqui.schemas.registry.server;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * The registry's file: one line per change, written and synced before the change is answered.
 *
 * <p>A last line without its line break was never answered; it is cut off when the file is opened.
 * The file is locked against a second process. Not safe for threads: the store owns it.
 */
final class RegistryLog implements AutoCloseable {
  private static final String FILE = "registry.jsonl";

  private final Path file;
  private final FileChannel channel;
  private final List<LogEntry> entries;

  private RegistryLog(Path file, FileChannel channel) throws IOException {
    this.file = file;
    this.channel = channel;
    entries = read();
  }

  /**
   * Opens or creates the file.
   *
   * @throws IOException if the directory cannot be used, another process has it, or a line is
   *     damaged
   */
  static RegistryLog open(Path directory) throws IOException {
    Files.createDirectories(directory);
    Path file = directory.resolve(FILE);
    FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE);
    try {
      lock(file, channel);
      sync(directory);
      return new RegistryLog(file, channel);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  /** What the file held when it was opened, oldest first. */
  List<LogEntry> entries() {
    return entries;
  }

  /**
   * Adds an entry; it is on the disk when this returns.
   *
   * @throws IOException if it could not be written; the file is then as it was before
   */
  void append(LogEntry entry) throws IOException {
    long before = channel.size();
    try {
      ByteBuffer line = ByteBuffer.wrap((entry.line() + "\n").getBytes(StandardCharsets.UTF_8));
      while (line.hasRemaining()) {
        channel.write(line);
      }
      channel.force(true);
    } catch (IOException e) {
      channel.truncate(before);
      throw e;
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  private List<LogEntry> read() throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    int end = bytes.length;
    while (end > 0 && bytes[end - 1] != '\n') {
      end--;
    }
    channel.truncate(end).position(end);
    List<String> lines = new String(bytes, 0, end, StandardCharsets.UTF_8).lines().toList();
    List<LogEntry> read = new ArrayList<>();
    for (String line : lines) {
      read.add(parse(line, read.size() + 1));
    }
    return List.copyOf(read);
  }

  private LogEntry parse(String line, int number) throws IOException {
    try {
      return LogEntry.parse(line);
    } catch (IllegalArgumentException e) {
      throw new IOException(
          "%s, line %d is damaged: %s. Restore the file, or move it away to start with an empty registry"
              .formatted(file, number, e.getMessage()),
          e);
    }
  }

  private static void lock(Path file, FileChannel channel) throws IOException {
    try {
      if (channel.tryLock() != null) {
        return;
      }
    } catch (OverlappingFileLockException e) {
      throw inUse(file);
    }
    throw inUse(file);
  }

  private static IOException inUse(Path file) {
    return new IOException(file + " is in use by another registry. End it, or name another folder");
  }

  /** Makes the file's own entry in its directory durable. */
  private static void sync(Path directory) throws IOException {
    try (FileChannel entry = FileChannel.open(directory, StandardOpenOption.READ)) {
      entry.force(true);
    }
  }
}
