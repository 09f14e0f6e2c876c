package dev.chasqui.cli.fetch;

import dev.chasqui.cli.terminal.Progress;
import dev.chasqui.cli.terminal.Terminal;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;

/**
 * Downloads single files from the Hugging Face hub.
 *
 * <p>The unfinished file is named after the hub's entity tag, so an interrupted download goes on
 * where it stopped, and a file that has changed in between starts anew.
 */
final class HubDownload {

  private static final int ATTEMPTS = 5;
  private static final int CHUNK_BYTES = 1 << 18;

  private final Hub hub;
  private final Terminal terminal;
  private final Patience patience;

  /**
   * How long to wait.
   *
   * @param pause before the second attempt; later ones wait longer
   * @param stall how long nothing may come before a connection counts as broken
   */
  record Patience(Duration pause, Duration stall) {}

  HubDownload(Hub hub, Terminal terminal, Patience patience) {
    this.hub = hub;
    this.terminal = terminal;
    this.patience = patience;
  }

  static HubDownload of(Map<String, String> environment, Terminal terminal) {
    Patience usual = new Patience(Duration.ofSeconds(1), Duration.ofSeconds(30));
    return new HubDownload(Hub.of(environment), terminal, usual);
  }

  /** Puts the file to {@code target}. */
  void fetch(ModelSource.Hub file, Path target) throws IOException {
    Hub.Remote remote = hub.describe(file);
    Path part =
        target.resolveSibling(target.getFileName() + "." + remote.tagForFileName() + ".part");
    try (Progress progress = terminal.progress("fetching " + file.file(), Progress.Unit.BYTES)) {
      complete(file, remote, part, progress);
    }
    try {
      remote.checksum().verify(part);
    } catch (FetchException e) {
      Files.delete(part);
      throw new FetchException(e.getMessage() + " It was deleted: start again.", e);
    }
    Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
  }

  private void complete(ModelSource.Hub file, Hub.Remote remote, Path part, Progress progress)
      throws IOException {
    long total = remote.checksum().bytes();
    Hub.Remote current = remote;
    for (int attempt = 1; size(part) < total; attempt++) {
      try {
        if (attempt > 1) {
          current = describeAgain(file, remote);
        }
        appendRest(current, part, progress);
      } catch (IOException e) {
        if (attempt == ATTEMPTS) {
          throw new FetchException(
              "the connection broke %d times, last: %s. Start again: %,d of %,d bytes are kept."
                  .formatted(ATTEMPTS, e, size(part), total),
              e);
        }
        pause(attempt);
      }
    }
  }

  /** The address of the content is signed and lasts for some time only. */
  private Hub.Remote describeAgain(ModelSource.Hub file, Hub.Remote before) throws IOException {
    Hub.Remote now = hub.describe(file);
    if (!now.tag().equals(before.tag())) {
      throw new FetchException(
          "%s has changed at the hub during the download. Start again.".formatted(file.file()));
    }
    return now;
  }

  private void appendRest(Hub.Remote remote, Path part, Progress progress) throws IOException {
    long have = size(part);
    HttpResponse<InputStream> response = hub.open(remote, have);
    boolean resumed = response.statusCode() == 206;
    try (StallWatch in = new StallWatch(response.body(), patience.stall());
        OutputStream out =
            Files.newOutputStream(
                part,
                StandardOpenOption.CREATE,
                resumed ? StandardOpenOption.APPEND : StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.WRITE)) {
      long done = resumed ? have : 0;
      byte[] chunk = new byte[CHUNK_BYTES];
      for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
        out.write(chunk, 0, read);
        done += read;
        progress.update(done, remote.checksum().bytes());
      }
      if (done < remote.checksum().bytes()) {
        throw new IOException("the hub closed the connection early");
      }
    }
  }

  private void pause(int attempt) throws IOException {
    try {
      Thread.sleep(patience.pause().multipliedBy(attempt));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private static long size(Path part) throws IOException {
    return Files.exists(part) ? Files.size(part) : 0;
  }
}
