package dev.chasqui.inference.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.chasqui.engine.backend.KvType;
import dev.chasqui.service.HandedInEngines;
import dev.chasqui.service.InvalidConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

class SettingsReaderTests {

  private final Map<String, Object> properties = new HashMap<>();

  @Test
  void tellsAllFaultsAtOnce() {
    set("models[0].name", "tiny");
    set("models[0].path", "/no/such.gguf");
    set("models[1].name", "tiny");
    set("models[1].path", ".");
    set("models[1].threads", "0");
    set("models[2].name", "other");
    set("models[2].path", ".");
    set("models[2].kv-type", "int4");
    set("models[0].adapters.poet", "/no/such/adapter");
    set("devices", "cpu,tpu");
    set("commit-interval", "0ms");
    set("stream-threads", "many");
    set("pool", "a b");
    set("topics.prompts", "a/b");

    assertThat(faults())
        .anyMatch(fault -> fault.contains("chasqui.bootstrap-servers is not set"))
        .anyMatch(fault -> fault.contains("chasqui.registry-url is not set"))
        .anyMatch(fault -> fault.contains("/no/such.gguf"))
        .anyMatch(fault -> fault.contains("chasqui.models[1].name is tiny"))
        .anyMatch(fault -> fault.contains("chasqui.models[1]: threads is 0"))
        .anyMatch(fault -> fault.contains("chasqui.models[2]: kv-type is int4"))
        .anyMatch(fault -> fault.contains("'tpu'"))
        .anyMatch(fault -> fault.contains("chasqui.commit-interval"))
        .anyMatch(fault -> fault.contains("chasqui.stream-threads is 'many'"))
        .anyMatch(fault -> fault.contains("chasqui.pool"))
        .anyMatch(fault -> fault.contains("chasqui.topics"))
        .anyMatch(fault -> fault.contains("chasqui.models[0].adapters.poet is /no/such/adapter"))
        .hasSize(12);
  }

  @Test
  void asksForAModel() {
    assertThat(faults()).anyMatch(fault -> fault.contains("chasqui.models is empty"));
  }

  @Test
  void takesUsualValuesForWhatIsNotSet(@TempDir Path directory) throws IOException {
    configure(directory);

    InferenceSettings settings = read(HandedInEngines.Source.CONFIGURED);

    assertThat(settings.pool()).isEqualTo("default");
    assertThat(settings.service().commitInterval()).isEqualTo(Duration.ofMillis(50));
    assertThat(settings.service().wire().topics().prompts()).isEqualTo("chasqui.prompts");
    assertThat(settings.service().streams().applicationId()).isEqualTo("chasqui-inference-default");
    assertThat(settings.workers().devices()).containsExactly("cpu");
    assertThat(settings.workers().models().getFirst().options().backend()).isEqualTo("auto");
  }

  @Test
  void takesWhatIsSet(@TempDir Path directory) throws IOException {
    configure(directory);
    set("topics.prefix", "acme.");
    set("kafka.num.standby.replicas", "1");
    set("registry.basic.auth.credentials.source", "USER_INFO");
    set("registry.basic.auth.user.info", "me:secret");
    set("models[0].context-length", "256");
    set("models[0].max-sequences", "3");
    set("models[0].kv-type", "int8");
    set("models[0].adapters.poet", directory.toString());

    InferenceSettings settings = read(HandedInEngines.Source.CONFIGURED);

    assertThat(settings.service().wire().topics().prompts()).isEqualTo("acme.prompts");
    assertThat(settings.service().streams().properties())
        .containsEntry("num.standby.replicas", "1");
    assertThat(settings.service().wire().serdes())
        .containsEntry("basic.auth.user.info", "me:secret")
        .containsEntry("schema.registry.url", "http://localhost:8081");
    var options = settings.workers().models().getFirst().options();
    assertThat(options.cache().contextLength()).isEqualTo(OptionalInt.of(256));
    assertThat(options.batch().maxSequences()).isEqualTo(3);
    assertThat(options.cache().kvType()).isEqualTo(KvType.INT8);
    assertThat(options.adapters()).containsExactly(Map.entry("poet", directory));
  }

  @Test
  void opensAModelOnEveryGpuThatIsNamed(@TempDir Path directory) throws IOException {
    configure(directory);
    set("devices", "cuda:0,cuda:MIG-1c2d");
    set("models[0].gpu-memory-fraction", "0.5");

    InferenceSettings settings = read(HandedInEngines.Source.CONFIGURED);

    assertThat(settings.workers().devices()).containsExactly("cuda:0", "cuda:MIG-1c2d");
    ModelSettings model = settings.workers().models().getFirst();
    assertThat(model.optionsOn("cuda:MIG-1c2d").backend()).isEqualTo("cuda:MIG-1c2d");
    assertThat(model.optionsOn("cpu").backend()).isEqualTo("auto");
    assertThat(model.options().cache().memoryFraction()).isEqualTo(0.5);
  }

  @Test
  void needsNoModelsWhereTheyAreHandedIn() {
    set("bootstrap-servers", "localhost:9092");
    set("registry-url", "http://localhost:8081");
    assertThat(read(HandedInEngines.Source.HANDED_IN).workers().models()).isEmpty();
  }

  private void configure(Path directory) throws IOException {
    set("bootstrap-servers", "localhost:9092");
    set("registry-url", "http://localhost:8081");
    set("models[0].name", "tiny");
    set("models[0].path", Files.writeString(directory.resolve("tiny.gguf"), "x").toString());
  }

  private void set(String name, String value) {
    properties.put("chasqui." + name, value);
  }

  private InferenceSettings read(HandedInEngines.Source models) {
    StandardEnvironment environment = new StandardEnvironment();
    environment.getPropertySources().addFirst(new MapPropertySource("test", properties));
    return SettingsReader.read(environment, models);
  }

  private List<String> faults() {
    return catchThrowableOfType(
            InvalidConfigurationException.class, () -> read(HandedInEngines.Source.CONFIGURED))
        .faults();
  }
}
