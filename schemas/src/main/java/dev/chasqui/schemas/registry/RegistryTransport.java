package dev.chasqui.schemas.registry;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;

/**
 * Sends requests to the first registry that answers, and asks again while none does.
 *
 * <p>Safe for threads. The HTTP client, which owns a thread, is made with the first request.
 */
final class RegistryTransport implements AutoCloseable {
  private static final String CONTENT_TYPE = "application/vnd.schemaregistry.v1+json";

  private final RegistrySettings settings;
  private @Nullable HttpClient client;

  RegistryTransport(RegistrySettings settings) {
    this.settings = settings;
  }

  /**
   * Sends a request.
   *
   * @throws RegistryUnavailableException if no registry answered in any round
   * @throws InterruptException if the thread was interrupted; its flag is set again
   */
  RegistryAnswer call(String method, String path, Optional<String> body) {
    Retries retries = settings.retries();
    Attempt attempt = round(method, path, body);
    for (int n = 0; attempt.answer().isEmpty() && n < retries.count(); n++) {
      pause(retries.waitBefore(n).toMillis());
      attempt = round(method, path, body);
    }
    if (attempt.answer().isEmpty()) {
      throw new RegistryUnavailableException(
          "%s %s: no schema registry of %s answers after %d tries: %s"
              .formatted(method, path, settings.urls(), retries.count() + 1, attempt.failure()),
          attempt.failure());
    }
    return attempt.answer().get();
  }

  @Override
  public synchronized void close() {
    if (client != null) {
      client.shutdownNow();
      client = null;
    }
  }

  private record Attempt(Optional<RegistryAnswer> answer, IOException failure) {}

  private Attempt round(String method, String path, Optional<String> body) {
    IOException failure = new IOException("not tried");
    for (URI url : settings.urls()) {
      try {
        RegistryAnswer answer = send(url, method, path, body);
        if (!answer.passing()) {
          return new Attempt(Optional.of(answer), failure);
        }
        failure = new IOException(answer.status() + " " + answer.message() + " from " + url);
      } catch (IOException e) {
        failure = e;
      }
    }
    return new Attempt(Optional.empty(), failure);
  }

  private RegistryAnswer send(URI url, String method, String path, Optional<String> body)
      throws IOException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url + path))
            .timeout(settings.timeouts().read())
            .header("Accept", CONTENT_TYPE + ", application/json")
            .header("Content-Type", CONTENT_TYPE)
            .method(
                method,
                body.map(HttpRequest.BodyPublishers::ofString)
                    .orElseGet(HttpRequest.BodyPublishers::noBody));
    settings.userInfo().ifPresent(user -> request.header("Authorization", basic(user)));
    try {
      var response = client().send(request.build(), BodyHandlers.ofString(StandardCharsets.UTF_8));
      return RegistryAnswer.of(url, response.statusCode(), response.body());
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    }
  }

  private synchronized HttpClient client() {
    if (client == null) {
      client =
          HttpClient.newBuilder()
              .version(HttpClient.Version.HTTP_1_1)
              .connectTimeout(settings.timeouts().connect())
              .sslContext(settings.tls().context())
              .build();
    }
    return client;
  }

  private static String basic(String userInfo) {
    byte[] bytes = userInfo.getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(bytes);
  }

  private static void pause(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    }
  }
}
