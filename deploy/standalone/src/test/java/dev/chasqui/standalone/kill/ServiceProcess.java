package dev.chasqui.standalone.kill;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** One service in a JVM of its own, on the class path of this test; its output goes to a file. */
final class ServiceProcess implements AutoCloseable {

  private final String name;
  private final List<String> command;
  private final Path log;
  private Process process;

  /**
   * Prepares a process without starting it.
   *
   * @param name for messages and the log file
   * @param logs folder of the log files
   * @param heap the JVM's most heap, for example 384m
   * @param mainClass what to run
   * @param arguments its arguments
   */
  ServiceProcess(String name, Path logs, String heap, String mainClass, List<String> arguments) {
    this.name = name;
    this.log = logs.resolve(name + ".log");
    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.addAll(List.of("-Xmx" + heap, "-XX:+UseSerialGC"));
    words.addAll(List.of("--add-modules", "jdk.incubator.vector", "-Dchasqui.log.file=" + log));
    words.addAll(List.of("-cp", System.getProperty("java.class.path"), mainClass));
    words.addAll(arguments);
    this.command = List.copyOf(words);
  }

  /** Starts the process; its output is appended to that of earlier starts. */
  void start() {
    if (alive()) {
      throw new IllegalStateException(name + " runs already as process " + process.pid());
    }
    try {
      Files.writeString(log, "---- start\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
      process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException(name + " does not start", e);
    }
  }

  /** Ends the process as {@code kill -9} does and waits until it is gone. */
  void kill() {
    if (process != null) {
      process.destroyForcibly();
      await();
    }
  }

  /** Ends the process with a TERM signal and waits until it is gone. */
  void stop() {
    if (process != null) {
      process.destroy();
      await();
    }
  }

  boolean alive() {
    return process != null && process.isAlive();
  }

  /** Returns the end of the log, for the message of a failed test. */
  String logTail() {
    try {
      List<String> lines = Files.readAllLines(log);
      return name
          + ":\n"
          + String.join("\n", lines.subList(Math.max(0, lines.size() - 40), lines.size()));
    } catch (IOException e) {
      return name + ": no log, " + e.getMessage();
    }
  }

  @Override
  public void close() {
    kill();
  }

  private void await() {
    try {
      if (!process.waitFor(30, TimeUnit.SECONDS)) {
        throw new IllegalStateException(name + " (process " + process.pid() + ") does not end");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while " + name + " ended", e);
    }
  }
}
