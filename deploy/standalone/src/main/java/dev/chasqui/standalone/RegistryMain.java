package dev.chasqui.standalone;

import dev.chasqui.schemas.registry.server.RegistryServer;
import java.io.IOException;
import java.nio.file.Path;

/** Runs the schema registry as a process of its own, until it is ended. */
public final class RegistryMain {

  private RegistryMain() {}

  /**
   * Starts the registry and prints its address when it answers.
   *
   * @param arguments directory, port
   * @throws IOException if the directory or the port cannot be used
   * @throws InterruptedException if the main thread is interrupted
   */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    if (arguments.length != 2) {
      System.err.println("usage: RegistryMain DIRECTORY PORT");
      System.exit(2);
    }
    RegistryServer registry =
        RegistryServer.start(Path.of(arguments[0]), Integer.parseInt(arguments[1]));
    Runtime.getRuntime().addShutdownHook(new Thread(registry::close, "registry-stop"));
    System.out.println("registry " + registry.url());
    Thread.currentThread().join();
  }
}
