package dev.chasqui.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The {@code chasqui} command as a process of its own. */
final class CommandProcess {

  private CommandProcess() {}

  /** Starts a command on a running Chasqui; what it says on standard error goes to a folder. */
  static Process start(Address address, Path directory, String... arguments) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dchasqui.log.file=" + directory.resolve("cli.log"),
                "-cp",
                System.getProperty("java.class.path"),
                "dev.chasqui.cli.Main"));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("CHASQUI_BOOTSTRAP", address.bootstrap());
    builder.environment().put("CHASQUI_REGISTRY", address.registry().toString());
    builder.redirectError(directory.resolve("cli.err").toFile());
    return builder.start();
  }

  /** Waits for the end of a command that is to succeed, and returns its output. */
  static String output(Process process, Path directory) throws Exception {
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor())
        .as("exit code, after: %s", Files.readString(directory.resolve("cli.err")))
        .isZero();
    return output;
  }
}
