package dev.chasqui.cli.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chasqui.cli.terminal.Terminal;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HubDownloadTests {

  static final HubDownload.Patience IMPATIENT =
      new HubDownload.Patience(Duration.ZERO, Duration.ofMillis(300));

  @TempDir Path directory;
  private LoopbackHub hub;

  @BeforeEach
  void start() throws Exception {
    byte[] content = new byte[600_000];
    new Random(7).nextBytes(content);
    hub = new LoopbackHub(content);
  }

  @AfterEach
  void stop() {
    hub.close();
  }

  @Test
  void followsTheHubToItsContentServerAndLeavesNothingElseBehind() throws Exception {
    Path target = directory.resolve("model.gguf");

    download(hub.address(), "").fetch(LoopbackHub.FILE, target);

    assertThat(target).hasBinaryContent(hub.content);
    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files).containsExactly(target);
    }
  }

  @Test
  void goesOnWhereABrokenConnectionStopped() throws Exception {
    hub.breakOnceAfter(100_000);
    Path target = directory.resolve("model.gguf");

    download(hub.address(), "").fetch(LoopbackHub.FILE, target);

    assertThat(target).hasBinaryContent(hub.content);
    assertThat(hub.rangesAsked).hasSize(2);
    assertThat(hub.rangesAsked.getFirst()).isEqualTo("null");
    assertThat(hub.rangesAsked.getLast()).startsWith("bytes=");
  }

  @Test
  void goesOnWhereAConnectionThatHangsStopped() throws Exception {
    hub.hangOnceAfter(100_000);
    Path target = directory.resolve("model.gguf");

    download(hub.address(), "").fetch(LoopbackHub.FILE, target);

    assertThat(target).hasBinaryContent(hub.content);
    assertThat(hub.rangesAsked).hasSize(2);
    assertThat(hub.rangesAsked.getLast()).startsWith("bytes=");
  }

  @Test
  void asksForTheAddressAgainAfterABreak() throws Exception {
    hub.breakOnceAfter(100_000);

    download(hub.address(), "").fetch(LoopbackHub.FILE, directory.resolve("model.gguf"));

    assertThat(hub.tokensAtHub).as("one for each question to the hub").hasSize(2);
  }

  @Test
  void givesTheTokenToTheHubAlone() throws Exception {
    download(hub.address(), "secret").fetch(LoopbackHub.FILE, directory.resolve("model.gguf"));

    assertThat(hub.tokensAtHub).containsOnly("Bearer secret");
    assertThat(hub.tokensAtContentServer).containsOnly("null");
  }

  @Test
  void refusesAndDeletesAFileWhoseChecksumIsWrong() {
    hub.claimSha256("0".repeat(64));
    Path target = directory.resolve("model.gguf");

    assertThatThrownBy(() -> download(hub.address(), "").fetch(LoopbackHub.FILE, target))
        .isInstanceOf(FetchException.class)
        .hasMessageContaining("SHA-256");
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void tellsHowToReachAGatedModel() {
    ModelSource.Hub gated = new ModelSource.Hub("gated/repo", "model.gguf");

    assertThatThrownBy(
            () -> download(hub.address(), "").fetch(gated, directory.resolve("model.gguf")))
        .isInstanceOf(FetchException.class)
        .hasMessageContaining("HF_TOKEN")
        .hasMessageContaining("gated/repo");
  }

  @Test
  void saysWhoDoesNotAnswer() {
    URI nobody = URI.create("http://127.0.0.1:9");

    assertThatThrownBy(
            () -> download(nobody, "").fetch(LoopbackHub.FILE, directory.resolve("model.gguf")))
        .hasMessageContaining("127.0.0.1 does not answer");
  }

  private static HubDownload download(URI address, String token) {
    return new HubDownload(new Hub(address, token), SILENT, IMPATIENT);
  }

  static final Terminal SILENT =
      new Terminal(
          new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8),
          new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8),
          false,
          false,
          80,
          false);
}
