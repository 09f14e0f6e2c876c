package dev.chasqui.guard.classifier;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;

/**
 * The guard adapter that comes with this service: SmolLM2-135M-Instruct with it is a guard model,
 * asked in {@link GuardFormat#defaultGuard}. Its model card lies beside it.
 */
public final class DefaultGuard {

  /** The name under which an engine has it. */
  public static final String NAME = "default-guard";

  /** The policy that was chosen for it. */
  public static final String POLICY_ID = "default-guard";

  private static final List<String> FILES =
      List.of("adapter_config.json", "adapter_model.safetensors");

  private DefaultGuard() {}

  /**
   * Writes the adapter into a folder, from where an engine maps it; what is there already stays.
   *
   * @param parent where the folder is to be
   * @return the folder, for the engine's options
   * @throws UncheckedIOException if it cannot be written
   */
  public static Path unpackInto(Path parent) {
    Path folder = parent.resolve(NAME);
    try {
      Files.createDirectories(folder);
      for (String name : FILES) {
        put(folder.resolve(name), content(name));
      }
      return folder;
    } catch (IOException failure) {
      throw new UncheckedIOException(
          "The guard adapter cannot be written to %s: %s".formatted(folder, failure.getMessage()),
          failure);
    }
  }

  /** Whoever maps the file that is replaced keeps the old one. */
  private static void put(Path file, byte[] content) throws IOException {
    if (Files.exists(file) && Arrays.equals(Files.readAllBytes(file), content)) {
      return;
    }
    Path fresh = Files.createTempFile(file.getParent(), "fresh", ".part");
    Files.write(fresh, content);
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
  }

  private static byte[] content(String name) throws IOException {
    try (InputStream stream = DefaultGuard.class.getResourceAsStream(NAME + "/" + name)) {
      if (stream == null) {
        throw new FileNotFoundException(name + " is missing from this jar");
      }
      return stream.readAllBytes();
    }
  }
}
