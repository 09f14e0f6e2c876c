package dev.chasqui.schemas.registry;

import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.config.ConfigException;

/**
 * Where the schema registry is and how to talk to it; the keys are Confluent's.
 *
 * @param urls the registry's addresses, tried in this order ({@code schema.registry.url}, a comma
 *     list)
 * @param userInfo {@code user:password} for basic authentication ({@code basic.auth.user.info} with
 *     {@code basic.auth.credentials.source=USER_INFO}, or {@code URL} for credentials in the URL)
 * @param tls key and trust stores ({@code schema.registry.ssl.*})
 * @param retries {@code max.retries} (3), {@code retries.wait.ms} (100) and {@code
 *     retries.max.wait.ms} (1000)
 * @param timeouts {@code http.connect.timeout.ms} (2000) and {@code http.read.timeout.ms} (5000)
 */
public record RegistrySettings(
    List<URI> urls,
    Optional<String> userInfo,
    TlsSettings tls,
    Retries retries,
    Timeouts timeouts) {

  /** The key that names the registry's addresses. */
  public static final String URL = "schema.registry.url";

  private static final String CREDENTIALS_SOURCE = "basic.auth.credentials.source";
  private static final String USER_INFO = "basic.auth.user.info";

  /**
   * How long one call may take.
   *
   * @param connect until the connection stands
   * @param read until the answer is there
   */
  public record Timeouts(Duration connect, Duration read) {
    /** Validates the settings. */
    public Timeouts {
      if (!connect.isPositive() || !read.isPositive()) {
        throw new IllegalArgumentException(
            "http.connect.timeout.ms is %d and http.read.timeout.ms %d; both must be above 0"
                .formatted(connect.toMillis(), read.toMillis()));
      }
    }
  }

  /** Validates the settings and copies the addresses. */
  public RegistrySettings {
    urls = List.copyOf(urls);
    if (urls.isEmpty()) {
      throw new IllegalArgumentException(URL + " is empty; name at least one registry");
    }
  }

  /**
   * Reads the settings out of a Kafka client's configuration.
   *
   * @param configuration the client's configuration
   * @return the settings
   * @throws ConfigException if a value is missing or makes no sense
   */
  public static RegistrySettings from(Map<String, ?> configuration) {
    Configuration values = new Configuration(configuration);
    List<URI> addresses = addresses(values.text(URL).orElse(""));
    try {
      return new RegistrySettings(
          addresses.stream().map(RegistrySettings::withoutUser).toList(),
          userInfo(values, addresses),
          TlsSettings.from(configuration),
          new Retries(
              values.number("max.retries", 3),
              values.millis("retries.wait.ms", 100),
              values.millis("retries.max.wait.ms", 1000)),
          new Timeouts(
              values.millis("http.connect.timeout.ms", 2000),
              values.millis("http.read.timeout.ms", 5000)));
    } catch (IllegalArgumentException e) {
      throw new ConfigException(e.getMessage());
    }
  }

  /** Names the addresses only: what opens them stays out of logs. */
  @Override
  public String toString() {
    return "RegistrySettings" + urls;
  }

  private static List<URI> addresses(String list) {
    return Arrays.stream(list.split(","))
        .map(String::strip)
        .filter(url -> !url.isEmpty())
        .map(RegistrySettings::address)
        .toList();
  }

  private static URI address(String url) {
    URI uri = parse(url.endsWith("/") ? url.substring(0, url.length() - 1) : url);
    boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
    if (!http || uri.getHost() == null) {
      throw new ConfigException(URL, url, "not an address such as http://localhost:8081");
    }
    return uri;
  }

  private static URI parse(String url) {
    try {
      return URI.create(url);
    } catch (IllegalArgumentException e) {
      throw new ConfigException(URL, url, "not an address: " + e.getMessage());
    }
  }

  private static URI withoutUser(URI url) {
    String user = url.getRawUserInfo();
    return user == null ? url : URI.create(url.toString().replaceFirst("//[^@/]*@", "//"));
  }

  private static Optional<String> userInfo(Configuration values, List<URI> urls) {
    String source = values.text(CREDENTIALS_SOURCE).orElse("URL");
    return switch (source) {
      case "USER_INFO" -> Optional.of(values.required(USER_INFO));
      case "URL" -> urls.stream().map(URI::getUserInfo).filter(text -> text != null).findFirst();
      default -> throw new ConfigException(CREDENTIALS_SOURCE, source, "use USER_INFO or URL");
    };
  }
}
