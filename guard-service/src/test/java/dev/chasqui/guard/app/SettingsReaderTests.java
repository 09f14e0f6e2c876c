package dev.chasqui.guard.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chasqui.service.HandedInEngines;
import dev.chasqui.service.InvalidConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.mock.env.MockEnvironment;

class SettingsReaderTests {

  @TempDir Path directory;

  @Test
  void putsTheGuardAdapterOnItsBase() throws IOException {
    Path model = Files.createFile(directory.resolve("smollm2.gguf"));
    MockEnvironment environment =
        sound()
            .withProperty("chasqui.state-directory", directory.toString())
            .withProperty("chasqui.guard.model", model.toString())
            .withProperty("chasqui.guard.adapter", "default");

    GuardSettings.Model read =
        SettingsReader.read(environment, HandedInEngines.Source.CONFIGURED).model();

    assertThat(read.asking().format().id()).isEqualTo("default-guard");
    assertThat(read.asking().adapter()).contains("default-guard");
    assertThat(read.options().orElseThrow().adapters().get("default-guard"))
        .isDirectoryContaining("glob:**/adapter_model.safetensors");
  }

  @Test
  void asksAGuardModelOfOnesOwnAsLlamaGuard3() throws IOException {
    Path model = Files.createFile(directory.resolve("guard.gguf"));
    MockEnvironment environment = sound().withProperty("chasqui.guard.model", model.toString());

    GuardSettings.Model read =
        SettingsReader.read(environment, HandedInEngines.Source.CONFIGURED).model();

    assertThat(read.asking().format().id()).isEqualTo("llama-guard-3");
    assertThat(read.asking().adapter()).isEmpty();
    assertThat(read.options().orElseThrow().adapters()).isEmpty();
  }

  @Test
  void readsPoolsPoliciesAndTheGuardModel() throws IOException {
    Path model = Files.createFile(directory.resolve("guard.gguf"));
    Files.writeString(directory.resolve("shop.policy"), "id=shop");
    MockEnvironment environment =
        sound()
            .withProperty("chasqui.pools.large", "llama-8b,llama-70b")
            .withProperty("chasqui.policies.directory", directory.toString())
            .withProperty("chasqui.policies.default-id", "shop")
            .withProperty("chasqui.policies.tenants[demo]", "default-guard")
            .withProperty("chasqui.guard.model", model.toString())
            .withProperty("chasqui.guard.threads", "3")
            .withProperty("chasqui.guard.max-judgings", "5")
            .withProperty("chasqui.guard.max-untrusted-texts", "7")
            .withProperty("chasqui.commit-interval", "20ms");

    GuardSettings settings = SettingsReader.read(environment, HandedInEngines.Source.CONFIGURED);

    assertThat(settings.rules().pools().poolOf("llama-70b")).contains("large");
    assertThat(settings.rules().pools().poolOf("smol")).contains("small");
    assertThat(policyId(settings, "demo")).isEqualTo("default-guard");
    assertThat(policyId(settings, "other")).isEqualTo("shop");
    assertThat(settings.model().options().orElseThrow().threads()).isEqualTo(3);
    assertThat(settings.model().maxJudgings()).hasValue(5);
    assertThat(settings.model().mostApart()).isEqualTo(7);
    assertThat(settings.service().commitInterval()).isEqualTo(Duration.ofMillis(20));
    assertThat(settings.service().streams().applicationId()).isEqualTo("chasqui-guard");
  }

  @Test
  void tellsAllFaultsAtOnce() {
    MockEnvironment environment =
        new MockEnvironment()
            .withProperty("chasqui.pools.a", "smol")
            .withProperty("chasqui.pools.b", "smol")
            .withProperty("chasqui.policies.default-id", "none")
            .withProperty("chasqui.guard.tail-tokens", "0")
            .withProperty("chasqui.guard.max-untrusted-texts", "-1")
            .withProperty("chasqui.guard.format", "llama-guard-9")
            .withProperty("chasqui.guard.max-judgings", "many")
            .withProperty("chasqui.guard.timeout", "0s")
            .withProperty("chasqui.policies.patience", "-1s")
            .withProperty("chasqui.retention.seen", "-1h")
            .withProperty("chasqui.max-request-size", "10");

    assertThatThrownBy(() -> SettingsReader.read(environment, HandedInEngines.Source.CONFIGURED))
        .isInstanceOf(InvalidConfigurationException.class)
        .hasMessageContaining("chasqui.bootstrap-servers is not set")
        .hasMessageContaining("chasqui.registry-url is not set")
        .hasMessageContaining("model smol stands in pools")
        .hasMessageContaining("default policy is \"none\"")
        .hasMessageContaining("chasqui.guard.tail-tokens is 0")
        .hasMessageContaining("chasqui.guard.max-untrusted-texts is -1")
        .hasMessageContaining("guard format \"llama-guard-9\" is unknown: use one of")
        .hasMessageContaining("chasqui.guard.max-judgings is 'many'")
        .hasMessageContaining("chasqui.guard.timeout is PT0S")
        .hasMessageContaining("chasqui.policies.patience is PT-1S")
        .hasMessageContaining("chasqui.retention.seen is PT-1H")
        .hasMessageContaining("max-request-size is 10")
        .hasMessageContaining("chasqui.guard.model is not set");
  }

  @Test
  void refusesRulesForCategoriesUnderAGuardThatNamesNone() throws IOException {
    Files.writeString(directory.resolve("shop.policy"), "id=shop\ncategory.S1.action=review");
    MockEnvironment environment =
        sound().withProperty("chasqui.policies.directory", directory.toString());
    SettingsReader.read(environment, HandedInEngines.Source.HANDED_IN);

    environment.setProperty("chasqui.guard.adapter", "default");
    assertThatThrownBy(() -> SettingsReader.read(environment, HandedInEngines.Source.HANDED_IN))
        .isInstanceOf(InvalidConfigurationException.class)
        .hasMessageContaining("Policy shop@1 has rules for single categories")
        .hasMessageContaining("default-guard");
  }

  @Test
  void namesTheModelFileThatIsMissing() {
    MockEnvironment environment = sound().withProperty("chasqui.guard.model", "no-such-file.gguf");

    assertThatThrownBy(() -> SettingsReader.read(environment, HandedInEngines.Source.CONFIGURED))
        .hasMessageContaining("no-such-file.gguf: there is no such file");
  }

  @Test
  void needsNoModelFileWhereTheModelIsHandedIn() {
    GuardSettings settings = SettingsReader.read(sound(), HandedInEngines.Source.HANDED_IN);

    assertThat(settings.model().options()).isEmpty();
  }

  static MockEnvironment sound() {
    return new MockEnvironment()
        .withProperty("chasqui.bootstrap-servers", "localhost:9092")
        .withProperty("chasqui.registry-url", "http://localhost:8085")
        .withProperty("chasqui.pools.small", "smol");
  }

  private static String policyId(GuardSettings settings, String tenant) {
    return settings.rules().policies().choose(tenant, Optional.empty()).orElseThrow().id();
  }
}
