package dev.chasqui.schemas.serde;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/**
 * Apicurio's registry as the build unpacked it, with its contents in memory.
 *
 * <p>A thread reads its output to the end, so that it never blocks on a full pipe.
 */
final class ApicurioProcess implements AutoCloseable {
  private final Process process;
  private final int port;

  private ApicurioProcess(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /** Starts it and waits until it listens: 10 to 20 seconds. */
  static ApicurioProcess start(Path folder) throws IOException {
    int port = freePort();
    Process process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx400m",
                    "-XX:+UseSerialGC",
                    "-Dquarkus.http.host=127.0.0.1",
                    "-Dquarkus.http.port=" + port,
                    "-Dquarkus.management.host=127.0.0.1",
                    "-Dquarkus.management.port=" + freePort(),
                    "-jar",
                    "quarkus-run.jar"))
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .start();
    ApicurioProcess apicurio = new ApicurioProcess(process, port);
    apicurio.awaitStart();
    return apicurio;
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + port + "/apis/ccompat/v7");
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }

  private void awaitStart() throws IOException {
    StringBuilder log = new StringBuilder();
    BufferedReader output = process.inputReader();
    String line = output.readLine();
    while (line != null && !line.contains("Listening on: http")) {
      log.append(line).append('\n');
      line = output.readLine();
    }
    if (line == null) {
      throw new IOException("Apicurio did not start:\n" + log);
    }
    Thread.ofVirtual().start(() -> output.lines().forEach(ignored -> {}));
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
