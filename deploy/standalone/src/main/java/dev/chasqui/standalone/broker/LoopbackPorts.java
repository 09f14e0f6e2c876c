package dev.chasqui.standalone.broker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** TCP ports of this machine's loopback address. */
public final class LoopbackPorts {

  /** The address that every listener of ours is bound to. */
  public static final String LOOPBACK = "127.0.0.1";

  private LoopbackPorts() {}

  /** Returns a port that was free a moment ago. */
  public static int anyFree() {
    try (ServerSocket socket = bind(0)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException("no free port on " + LOOPBACK, e);
    }
  }

  /**
   * Returns whether a port can be bound at this moment.
   *
   * @param port 1 to 65535
   */
  public static boolean isFree(int port) {
    try (ServerSocket socket = bind(port)) {
      return socket.isBound();
    } catch (IOException e) {
      return false;
    }
  }

  static void requireFree(int port) {
    if (!isFree(port)) {
      throw new BrokerException(
          "Port %d of %s is taken. Stop what listens there or choose another with --port."
              .formatted(port, LOOPBACK));
    }
  }

  private static ServerSocket bind(int port) throws IOException {
    ServerSocket socket = new ServerSocket();
    socket.setReuseAddress(true);
    socket.bind(new InetSocketAddress(InetAddress.getByName(LOOPBACK), port));
    return socket;
  }
}
