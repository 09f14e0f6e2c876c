package dev.chasqui.standalone;

import dev.chasqui.standalone.broker.EmbeddedBroker;
import java.io.IOException;
import java.nio.file.Path;

/** Runs the embedded broker as a process of its own, until it is ended. */
public final class BrokerMain {

  private BrokerMain() {}

  /**
   * Starts the broker and prints its address when it answers.
   *
   * @param arguments directory, port
   * @throws IOException if the directory cannot be written
   * @throws InterruptedException if the main thread is interrupted
   */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    if (arguments.length != 2) {
      System.err.println("usage: BrokerMain DIRECTORY PORT");
      System.exit(2);
    }
    EmbeddedBroker broker =
        EmbeddedBroker.start(Path.of(arguments[0]), Integer.parseInt(arguments[1]));
    Runtime.getRuntime().addShutdownHook(new Thread(broker::close, "broker-stop"));
    System.out.println("bootstrap " + broker.bootstrap());
    Thread.currentThread().join();
  }
}
