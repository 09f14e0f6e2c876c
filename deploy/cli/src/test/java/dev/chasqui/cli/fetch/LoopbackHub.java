package dev.chasqui.cli.fetch;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A hub of two servers on loopback: one that knows the files, one that serves their bytes. */
final class LoopbackHub implements AutoCloseable {

  static final ModelSource.Hub FILE = new ModelSource.Hub("owner/repo", "folder/model.gguf");

  final List<String> rangesAsked = new CopyOnWriteArrayList<>();
  final List<String> tokensAtHub = new CopyOnWriteArrayList<>();
  final List<String> tokensAtContentServer = new CopyOnWriteArrayList<>();
  final byte[] content;

  private final HttpServer hub = server();
  private final HttpServer contentServer = server();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final CountDownLatch closed = new CountDownLatch(1);
  private int bytesBeforeBreak = Integer.MAX_VALUE;
  private boolean hangs;
  private String tag;

  LoopbackHub(byte[] content) throws Exception {
    this.content = content;
    this.tag = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    hub.createContext("/owner/repo/resolve/main/folder/model.gguf", this::redirect);
    hub.createContext("/gated/repo/", exchange -> answer(exchange, 401));
    contentServer.createContext("/bytes", this::serve);
    contentServer.setExecutor(threads);
    hub.start();
    contentServer.start();
  }

  URI address() {
    return URI.create("http://127.0.0.1:" + hub.getAddress().getPort());
  }

  void breakOnceAfter(int bytes) {
    bytesBeforeBreak = bytes;
  }

  void hangOnceAfter(int bytes) {
    bytesBeforeBreak = bytes;
    hangs = true;
  }

  void claimSha256(String sha256) {
    tag = sha256;
  }

  private void redirect(HttpExchange exchange) throws IOException {
    tokensAtHub.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
    exchange.getResponseHeaders().add("X-Linked-Size", Integer.toString(content.length));
    exchange.getResponseHeaders().add("X-Linked-ETag", '"' + tag + '"');
    exchange
        .getResponseHeaders()
        .add("Location", "http://127.0.0.1:" + contentServer.getAddress().getPort() + "/bytes");
    answer(exchange, 302);
  }

  private void serve(HttpExchange exchange) throws IOException {
    tokensAtContentServer.add(
        String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
    if (exchange.getRequestMethod().equals("HEAD")) {
      answer(exchange, 200);
      return;
    }
    String range = exchange.getRequestHeaders().getFirst("Range");
    rangesAsked.add(String.valueOf(range));
    int from = range == null ? 0 : Integer.parseInt(range.replaceAll("\\D", ""));
    byte[] rest = Arrays.copyOfRange(content, from, content.length);
    exchange.sendResponseHeaders(range == null ? 200 : 206, rest.length);
    int whole = Math.min(rest.length, bytesBeforeBreak);
    bytesBeforeBreak = Integer.MAX_VALUE;
    exchange.getResponseBody().write(rest, 0, whole);
    exchange.getResponseBody().flush();
    if (hangs) {
      hangs = false;
      awaitClose();
    }
    exchange.close();
  }

  private void awaitClose() {
    try {
      closed.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void answer(HttpExchange exchange, int status) throws IOException {
    exchange.sendResponseHeaders(status, -1);
    exchange.close();
  }

  private static HttpServer server() throws IOException {
    return HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
  }

  @Override
  public void close() {
    closed.countDown();
    threads.shutdownNow();
    hub.stop(0);
    contentServer.stop(0);
  }
}
