package dev.chasqui.cli.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelStoreTests {

  private static final URI NOBODY = URI.create("http://127.0.0.1:9");

  @TempDir Path directory;

  @Test
  void fetchesAHubFileOnceAndThenNeedsNoNetwork() throws Exception {
    Path first;
    try (LoopbackHub hub = new LoopbackHub(new byte[1000])) {
      first = store(hub.address()).locate(LoopbackHub.FILE);
    }

    assertThat(store(NOBODY).locate(LoopbackHub.FILE)).isEqualTo(first).hasSize(1000);
    assertThat(first).endsWith(Path.of("hub/owner/repo/folder/model.gguf"));
  }

  @Test
  void saysWhatToDoWithoutNetworkAndModel() {
    assertThatThrownBy(() -> store(NOBODY).locate(new ModelSource.Default()))
        .isInstanceOf(FetchException.class)
        .hasMessageContaining("pip is not installed")
        .hasMessageContaining("127.0.0.1 does not answer")
        .hasMessageContaining("--model PATH");
  }

  @Test
  void refusesAHubFileThatIsNotTheDefaultModelInItsPlace() throws Exception {
    Path wrong = directory.resolve("wrong.gguf");
    Files.write(wrong, new byte[10]);

    assertThatThrownBy(() -> DefaultModel.CHECKSUM.verify(wrong))
        .hasMessageContaining("10 bytes instead of 98,362,432");
  }

  @Test
  void namesAMissingPath() {
    Path missing = directory.resolve("missing.gguf");

    assertThatThrownBy(() -> store(NOBODY).locate(new ModelSource.Local(missing)))
        .isInstanceOf(FetchException.class)
        .hasMessageContaining(missing.toString());
  }

  @Test
  void readsTheThreeFormsOfASource() {
    assertThat(ModelSource.parse("default")).isEqualTo(new ModelSource.Default());
    assertThat(ModelSource.parse("hf:a/b/c/d.gguf"))
        .isEqualTo(new ModelSource.Hub("a/b", "c/d.gguf"));
    assertThat(ModelSource.parse("some/file.gguf"))
        .isEqualTo(new ModelSource.Local(Path.of("some/file.gguf")));
    assertThatThrownBy(() -> ModelSource.parse("hf:owner/repo"))
        .hasMessageContaining("hf:OWNER/REPO/FILE");
    assertThatThrownBy(() -> ModelSource.parse("hf:a/b/../../c"))
        .isInstanceOf(FetchException.class);
  }

  private ModelStore store(URI hub) {
    return new ModelStore(
        directory,
        new PackageDownload(HubDownloadTests.SILENT, List.of(List.of("no-such-program-as-pip"))),
        new HubDownload(new Hub(hub, ""), HubDownloadTests.SILENT, HubDownloadTests.IMPATIENT));
  }
}
