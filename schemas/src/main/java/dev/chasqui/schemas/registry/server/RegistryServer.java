package dev.chasqui.schemas.registry.server;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A schema registry that runs in this process until it is closed. */
public final class RegistryServer implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads;
  private final SchemaStore store;

  private RegistryServer(HttpServer server, SchemaStore store) {
    this.server = server;
    this.store = store;
    threads = Executors.newVirtualThreadPerTaskExecutor();
    server.setExecutor(threads);
    server.createContext("/", new RegistryHandler(new RegistryApi(store).routes()));
    server.start();
  }

  /**
   * Starts a registry on the loopback address.
   *
   * @param directory where its contents lie; created if missing, used by one registry at a time
   * @param port the port; 0 takes a free one
   * @return the running registry
   * @throws IOException if the directory or the port cannot be used
   */
  public static RegistryServer start(Path directory, int port) throws IOException {
    return start(directory, new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
  }

  /**
   * Starts a registry.
   *
   * @param directory where its contents lie; created if missing, used by one registry at a time
   * @param address where it listens; it asks for no password, so this should be a private one
   * @return the running registry
   * @throws IOException if the directory or the address cannot be used
   */
  public static RegistryServer start(Path directory, InetSocketAddress address) throws IOException {
    RegistryLog log = RegistryLog.open(directory);
    try {
      return new RegistryServer(HttpServer.create(address, 0), new SchemaStore(log));
    } catch (IOException e) {
      log.close();
      throw new IOException(
          "the schema registry cannot listen on %s: %s. Name another port"
              .formatted(address, e.getMessage()),
          e);
    }
  }

  /**
   * The address for {@code schema.registry.url}.
   *
   * @return for example {@code http://127.0.0.1:8081}
   */
  public URI url() {
    InetSocketAddress address = server.getAddress();
    String host = address.getAddress().getHostAddress();
    return URI.create(
        "http://%s:%d".formatted(host.contains(":") ? "[" + host + "]" : host, address.getPort()));
  }

  /** Stops listening and closes the file; what was answered is on the disk already. */
  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
    try {
      store.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
