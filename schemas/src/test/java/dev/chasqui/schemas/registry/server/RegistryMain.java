package dev.chasqui.schemas.registry.server;

import java.io.IOException;
import java.nio.file.Path;

/** A registry in a process of its own, to be killed; it says its address and waits. */
final class RegistryMain {
  private RegistryMain() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    System.out.println(RegistryServer.start(Path.of(arguments[0]), 0).url());
    Thread.currentThread().join();
  }
}
