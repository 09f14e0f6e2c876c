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
  private final Duration pause;

  HubDownload(Hub hub, Terminal terminal, Duration pause) {
    this.hub = hub;
    this.terminal = terminal;
    this.pause = pause;
  }

  static HubDownload of(Map<String, String> environment, Terminal terminal) {
    return new HubDownload(Hub.of(environment), terminal, Duration.ofSeconds(1));
  }

  /** Puts the file to {@code target}. */
  void fetch(ModelSource.Hub file, Path target) throws IOException {
    Hub.Remote remote = hub.describe(file);
    Path part =
        target.resolveSibling(target.getFileName() + "." + remote.tagForFileName() + ".part");
    try (Progress progress = terminal.progress("fetching " + file.file(), Progress.Unit.BYTES)) {
      complete(remote, part, progress);
    }
    try {
      remote.checksum().verify(part);
    } catch (FetchException e) {
      Files.delete(part);
      throw new FetchException(e.getMessage() + " It was deleted: start again.", e);
    }
    Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
  }

  private void complete(Hub.Remote remote, Path part, Progress progress) throws IOException {
    long total = remote.checksum().bytes();
    for (int attempt = 1; size(part) < total; attempt++) {
      try {
        appendRest(remote, part, progress);
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

  private void appendRest(Hub.Remote remote, Path part, Progress progress) throws IOException {
    long have = size(part);
    HttpResponse<InputStream> response = hub.open(remote, have);
    boolean resumed = response.statusCode() == 206;
    try (InputStream in = response.body();
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
      Thread.sleep(pause.multipliedBy(attempt));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private static long size(Path part) throws IOException {
    return Files.exists(part) ? Files.size(part) : 0;
  }
}
