package dev.chasqui.schemas.registry;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/**
 * The stores of a TLS connection to the registry ({@code schema.registry.ssl.*}).
 *
 * @param trust whom we trust; empty: the certificates of the JDK
 * @param key who we are; empty: no client certificate
 */
public record TlsSettings(Optional<Store> trust, Optional<KeyStoreEntry> key) {
  private static final String PREFIX = "schema.registry.ssl.";

  /**
   * One key store file.
   *
   * @param file where it lies
   * @param password what opens it; empty for a store without
   * @param type PKCS12, JKS or another type that the JDK knows
   */
  public record Store(Path file, String password, String type) {
    @Override
    public String toString() {
      return type + " " + file;
    }
  }

  /**
   * The client's own key.
   *
   * @param store the file that holds it
   * @param keyPassword what opens the key
   */
  public record KeyStoreEntry(Store store, String keyPassword) {
    @Override
    public String toString() {
      return store.toString();
    }
  }

  static TlsSettings from(Map<String, ?> configuration) {
    Configuration values = new Configuration(configuration);
    Optional<Store> keys = store(values, "keystore");
    return new TlsSettings(
        store(values, "truststore"),
        keys.map(store ->
            new KeyStoreEntry(
                store, values.text(PREFIX + "key.password").orElse(store.password()))));
  }

  private static Optional<Store> store(Configuration values, String which) {
    String prefix = PREFIX + which + ".";
    return values
        .text(prefix + "location")
        .map(location ->
            new Store(
                Path.of(location),
                values.text(prefix + "password").orElse(""),
                values.text(prefix + "type").orElse("PKCS12")));
  }

  /** Opens the stores. */
  SSLContext context() {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keyManagers(), trustManagers(), null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new ConfigException(
          "schema.registry.ssl: cannot open the stores (trust: %s, key: %s): %s"
              .formatted(trust, key, e.getMessage()));
    }
  }

  private KeyManager @Nullable [] keyManagers() throws GeneralSecurityException, IOException {
    if (key.isEmpty()) {
      return null;
    }
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(load(key.get().store()), key.get().keyPassword().toCharArray());
    return factory.getKeyManagers();
  }

  private TrustManager @Nullable [] trustManagers() throws GeneralSecurityException, IOException {
    if (trust.isEmpty()) {
      return null;
    }
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(load(trust.get()));
    return factory.getTrustManagers();
  }

  private static KeyStore load(Store store) throws GeneralSecurityException, IOException {
    KeyStore keys = KeyStore.getInstance(store.type());
    try (InputStream in = Files.newInputStream(store.file())) {
      keys.load(in, store.password().isEmpty() ? null : store.password().toCharArray());
    }
    return keys;
  }
}
