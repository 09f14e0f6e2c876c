package dev.chasqui.cli.fetch;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

/**
 * The Hugging Face hub as a file server: one request tells what a file is, another brings it.
 *
 * <p>Redirects are followed here, since the hub tells size and SHA-256 in the redirect to its
 * content servers ({@code X-Linked-Size}, {@code X-Linked-ETag}), and since the user's token must
 * not go there.
 */
final class Hub {

  /** The one place that names the hub; HF_ENDPOINT overrides it, as in Hugging Face's own tools. */
  private static final String ADDRESS = "https://huggingface.co";

  private static final int REDIRECTS = 5;

  private final URI address;
  private final String token;
  private final HttpClient client =
      HttpClient.newBuilder()
          .connectTimeout(Duration.ofSeconds(20))
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();

  Hub(URI address, String token) {
    this.address = address;
    this.token = token;
  }

  static Hub of(Map<String, String> environment) {
    String endpoint = environment.getOrDefault("HF_ENDPOINT", "");
    return new Hub(
        URI.create(endpoint.isEmpty() ? ADDRESS : endpoint.replaceAll("/+$", "")),
        environment.getOrDefault("HF_TOKEN", ""));
  }

  /**
   * A file as the hub describes it.
   *
   * @param location where it is served
   * @param tag its entity tag, without quotes
   * @param checksum its size, and its SHA-256 where the hub tells
   */
  record Remote(URI location, String tag, Checksum checksum) {

    String tagForFileName() {
      String plain = tag.replaceAll("[^A-Za-z0-9]", "");
      return plain.isEmpty() ? "0" : plain.substring(0, Math.min(16, plain.length()));
    }
  }

  /** Returns what and where a file is. */
  Remote describe(ModelSource.Hub file) throws IOException {
    URI location = resolve(file);
    String tag = "";
    long size = -1;
    for (int hop = 0; hop <= REDIRECTS; hop++) {
      HttpRequest request = request(location).method("HEAD", noBody()).build();
      HttpResponse<Void> response = send(request, BodyHandlers.discarding());
      HttpHeaders headers = response.headers();
      if (tag.isEmpty()) {
        tag = tag(headers);
        size = headers.firstValueAsLong("x-linked-size").orElse(-1);
      }
      if (response.statusCode() / 100 == 3) {
        location = location.resolve(headers.firstValue("location").orElse(""));
        continue;
      }
      check(response.statusCode(), file, location);
      long length = size >= 0 ? size : headers.firstValueAsLong("content-length").orElse(-1);
      return remote(file, location, tag, length);
    }
    throw new FetchException("the hub redirects %s in circles.".formatted(resolve(file)));
  }

  private static Remote remote(ModelSource.Hub file, URI location, String tag, long length) {
    if (length < 0) {
      throw new FetchException("the hub does not tell the size of %s.".formatted(file.file()));
    }
    String sha256 = tag.matches("[0-9a-f]{64}") ? tag : "";
    return new Remote(location, tag, new Checksum(length, sha256));
  }

  /** Opens a file from byte {@code offset} on; status 206 if the server went along. */
  HttpResponse<InputStream> open(Remote remote, long offset) throws IOException {
    HttpRequest.Builder request = request(remote.location()).GET();
    if (offset > 0) {
      request.header("Range", "bytes=" + offset + "-");
    }
    HttpResponse<InputStream> response = send(request.build(), BodyHandlers.ofInputStream());
    if (response.statusCode() / 100 != 2) {
      response.body().close();
      throw new IOException("HTTP status " + response.statusCode() + " from " + host(remote));
    }
    return response;
  }

  private static String host(Remote remote) {
    return remote.location().getHost();
  }

  private URI resolve(ModelSource.Hub file) {
    String path = URLEncoder.encode(file.file(), StandardCharsets.UTF_8).replace("+", "%20");
    return URI.create(
        address + "/" + file.repository() + "/resolve/main/" + path.replace("%2F", "/"));
  }

  private HttpRequest.Builder request(URI location) {
    HttpRequest.Builder request = HttpRequest.newBuilder(location).timeout(Duration.ofMinutes(1));
    boolean toHub = location.getAuthority().equals(address.getAuthority());
    return token.isEmpty() || !toHub ? request : request.header("Authorization", "Bearer " + token);
  }

  private <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> body)
      throws IOException {
    try {
      return client.send(request, body);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } catch (IOException e) {
      throw new IOException(
          "%s does not answer (%s)".formatted(request.uri().getHost(), reason(e)), e);
    }
  }

  private static String reason(IOException e) {
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }

  private void check(int status, ModelSource.Hub file, URI location) {
    if (status == 401 || status == 403) {
      throw new FetchException(
          "%s/%s needs an account (HTTP %d). Accept its licence there and set HF_TOKEN to a token of yours."
              .formatted(address, file.repository(), status));
    }
    if (status != 200) {
      throw new FetchException(
          "%s answers HTTP %d. Look for the right name at %s/%s/tree/main."
              .formatted(location, status, address, file.repository()));
    }
  }

  private static String tag(HttpHeaders headers) {
    return headers
        .firstValue("x-linked-etag")
        .or(() -> headers.firstValue("etag"))
        .map(tag -> tag.replaceFirst("^W/", "").replace("\"", ""))
        .orElse("");
  }

  private static HttpRequest.BodyPublisher noBody() {
    return HttpRequest.BodyPublishers.noBody();
  }
}
