package dev.chasqui.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.chasqui.stream.StreamsSettings;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.mock.env.MockEnvironment;

class ServiceSettingsReaderTests {

  private final MockEnvironment environment = new MockEnvironment();
  private final Faults faults = new Faults();

  @Test
  void takesUsualValuesForWhatIsNotSet() {
    configure();

    ServiceSettings settings = read();

    faults.check();
    assertThat(settings.commitInterval()).isEqualTo(Duration.ofMillis(50));
    assertThat(settings.wire().topics().prompts()).isEqualTo("chasqui.prompts");
    assertThat(settings.streams().applicationId()).isEqualTo("usual");
    assertThat(settings.streams().sizing().threads()).isEqualTo(1);
  }

  @Test
  void takesWhatIsSet() {
    configure();
    set("application-id", "mine");
    set("topics.prefix", "acme.");
    set("kafka.num.standby.replicas", "1");
    set("registry.basic.auth.credentials.source", "USER_INFO");
    set("registry.basic.auth.user.info", "me:secret");
    set("serde.serializer", "org.acme.Serializer");

    ServiceSettings settings = read();

    StreamsSettings streams = settings.streams();
    assertThat(streams.applicationId()).isEqualTo("mine");
    assertThat(streams.properties()).containsEntry("num.standby.replicas", "1");
    assertThat(settings.wire().topics().prompts()).isEqualTo("acme.prompts");
    assertThat(settings.wire().serdes())
        .containsEntry("basic.auth.user.info", "me:secret")
        .containsEntry("chasqui.serde.serializer", "org.acme.Serializer")
        .containsEntry("schema.registry.url", "http://localhost:8085");
  }

  @Test
  void tellsAllFaultsAtOnce() {
    set("commit-interval", "0ms");
    set("stream-threads", "many");
    set("replication-factor", "0");
    set("max-request-size", "10");
    set("state-directory", "");
    set("topics.prompts", "a/b");

    read();

    assertThat(catchThrowableOfType(InvalidConfigurationException.class, faults::check).faults())
        .anyMatch(fault -> fault.contains("chasqui.bootstrap-servers is not set"))
        .anyMatch(fault -> fault.contains("chasqui.registry-url is not set"))
        .anyMatch(fault -> fault.contains("chasqui.state-directory is not set"))
        .anyMatch(fault -> fault.contains("commit-interval is PT0S"))
        .anyMatch(fault -> fault.contains("chasqui.stream-threads is 'many'"))
        .anyMatch(fault -> fault.contains("chasqui.replication-factor is 0"))
        .anyMatch(fault -> fault.contains("max-request-size is 10"))
        .anyMatch(fault -> fault.contains("chasqui.topics"))
        .hasSize(8);
  }

  private void configure() {
    set("bootstrap-servers", "localhost:9092");
    set("registry-url", "http://localhost:8085");
  }

  private void set(String name, String value) {
    environment.setProperty("chasqui." + name, value);
  }

  private ServiceSettings read() {
    return ServiceSettingsReader.read(new PropertyReader(environment, faults), faults, "usual");
  }
}
