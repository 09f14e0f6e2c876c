package dev.chasqui.schemas.topics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class TopicsTests {

  @Test
  void namesTheTopicsOfTheArchitecture() {
    Topics topics = Topics.defaults();

    assertThat(topics.prompts()).isEqualTo("chasqui.prompts");
    assertThat(topics.admitted("small")).isEqualTo("chasqui.admitted.small");
    assertThat(topics.generations()).isEqualTo("chasqui.generations");
    assertThat(topics.responses()).isEqualTo("chasqui.responses");
    assertThat(topics.verdicts()).isEqualTo("chasqui.verdicts");
    assertThat(topics.reviews()).isEqualTo("chasqui.reviews");
    assertThat(topics.reviewDecisions()).isEqualTo("chasqui.review-decisions");
    assertThat(topics.cancellations()).isEqualTo("chasqui.cancellations");
    assertThat(topics.policies()).isEqualTo("chasqui.policies");
    assertThat(topics.deadLetters()).isEqualTo("chasqui.dead-letters");
  }

  @Test
  void takesPrefixAndSingleNamesFromConfiguration() {
    Topics topics =
        Topics.from(
            Map.of("chasqui.topics.prefix", "acme.", "chasqui.topics.responses", "answers"));

    assertThat(topics.prompts()).isEqualTo("acme.prompts");
    assertThat(topics.responses()).isEqualTo("answers");
  }

  @Test
  void refusesNamesThatKafkaWouldRefuse() {
    assertThatThrownBy(() -> Topics.withPrefix("a b"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("chasqui.topics.prompts")
        .hasMessageContaining("'a bprompts'");
    assertThatThrownBy(() -> Topics.defaults().admitted(""))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void refusesOneNameForTwoTopics() {
    assertThatThrownBy(() -> Topics.from(Map.of("chasqui.topics.responses", "chasqui.prompts")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("two topics have one name");
  }

  @Test
  void plansOnePartitionCountForEverythingKeyedByRequest() {
    TopicLayout layout = new TopicLayout(Topics.defaults(), List.of("a", "b"), 12, 3);

    Map<String, Integer> partitions =
        layout.plans().stream().collect(Collectors.toMap(TopicPlan::name, TopicPlan::partitions));
    assertThat(partitions)
        .hasSize(11)
        .containsEntry("chasqui.prompts", 12)
        .containsEntry("chasqui.admitted.a", 12)
        .containsEntry("chasqui.admitted.b", 12)
        .containsEntry("chasqui.policies", 1)
        .containsEntry("chasqui.dead-letters", 1);
    assertThat(layout.plans())
        .allMatch(plan -> plan.configs().get("min.insync.replicas").equals("2"));
  }

  @Test
  void compactsPolicies() {
    TopicLayout layout = new TopicLayout(Topics.defaults(), List.of("a"), 4, 1);

    assertThat(layout.plans())
        .filteredOn(plan -> plan.role() == TopicRole.POLICIES)
        .singleElement()
        .extracting(TopicPlan::configs)
        .isEqualTo(Map.of("cleanup.policy", "compact"));
  }
}
