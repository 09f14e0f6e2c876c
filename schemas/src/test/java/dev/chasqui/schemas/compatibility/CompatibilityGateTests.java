package dev.chasqui.schemas.compatibility;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.schemas.topics.TopicRole;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The build's gate: no schema changes so that released readers or records are left behind. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class CompatibilityGateTests {
  private static final SchemaHistory HISTORY = SchemaHistory.committed();

  static List<TopicContract> contracts() {
    return TopicContract.all();
  }

  private static TopicContract contract(TopicRole role) {
    return contracts().stream().filter(it -> it.role() == role).findFirst().orElseThrow();
  }

  /** What the gate says to a change of the text of today's schema. */
  private static List<String> verdict(TopicRole role, String from, String to) {
    TopicContract contract = contract(role);
    String today = contract.schema().toString();
    assertThat(today).contains(from);
    List<Schema> released = new ArrayList<>(HISTORY.versions(contract.schema().getName()));
    released.add(contract.schema());
    Schema changed = new Schema.Parser().parse(today.replace(from, to));
    return contract.level().incompatibilities(changed, released);
  }

  @Test
  @Order(1)
  @EnabledIfSystemProperty(
      named = "chasqui.schemas.release",
      matches = "true",
      disabledReason = "a release runs it with -Dchasqui.schemas.release=true")
  void releasesTodaysSchemas() {
    contracts().forEach(contract -> HISTORY.release(contract.schema()));
  }

  @ParameterizedTest
  @MethodSource("contracts")
  void bearsEveryChangeSinceTheFirstRelease(TopicContract contract) {
    List<Schema> released = HISTORY.versions(contract.schema().getName());

    assertThat(released).isNotEmpty();
    assertThat(contract.level().incompatibilities(contract.schema(), released)).isEmpty();
  }

  @Test
  void coversEveryTopicThatHoldsAvro() {
    assertThat(contracts())
        .extracting(TopicContract::role)
        .doesNotContain(TopicRole.DEAD_LETTERS)
        .hasSize(TopicRole.values().length - 1);
  }

  @ParameterizedTest
  @CsvSource({"PROMPTS", "ADMITTED", "GENERATIONS", "RESPONSES", "VERDICTS", "REVIEWS"})
  void catchesAFieldThatOldRecordsLack(TopicRole role) {
    assertThat(
            verdict(
                role,
                "\"fields\":[{\"name\":\"requestId\"",
                "\"fields\":[{\"name\":\"region\",\"type\":\"string\"},{\"name\":\"requestId\""))
        .anyMatch(reason -> reason.contains("READER_FIELD_MISSING_DEFAULT_VALUE"));
  }

  @ParameterizedTest
  @CsvSource({"PROMPTS", "RESPONSES", "VERDICTS"})
  void catchesAnotherType(TopicRole role) {
    assertThat(
            verdict(
                role,
                "{\"name\":\"tenant\",\"type\":{\"type\":\"string\",\"avro.java.string\":\"String\"}",
                "{\"name\":\"tenant\",\"type\":[\"string\",\"null\"]"))
        .satisfies(reasons -> {
          if (contract(role).level() == CompatibilityLevel.FULL_TRANSITIVE) {
            assertThat(reasons).isNotEmpty();
          } else {
            assertThat(reasons).as("new readers cope with a wider type").isEmpty();
          }
        });
  }

  @Test
  void catchesAFieldThatUsersReadersNeed() {
    String field = "{\"name\":\"requestId\",";

    assertThat(verdict(TopicRole.RESPONSES, field, "{\"name\":\"id\",\"default\":\"\","))
        .anyMatch(reason -> reason.startsWith("earlier reader, new writer"));
  }

  @Test
  void letsUsersReadersMeetANewEvent() {
    assertThat(verdict(TopicRole.RESPONSES, "\"RETRACTED\",", "\"RETRACTED\",\"PAUSED\","))
        .isEmpty();
  }

  @Test
  void catchesASymbolThatIsTakenAwayWithoutADefault() {
    assertThat(verdict(TopicRole.VERDICTS, "\"DUPLICATE\"],\"default\":\"UNKNOWN\"", "\"SEEN\"]"))
        .anyMatch(reason -> reason.contains("MISSING_ENUM_SYMBOLS"));
  }
}
