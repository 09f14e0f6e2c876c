package dev.chasqui.guard.topology.input;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.events.Message;
import dev.chasqui.events.Role;
import dev.chasqui.events.Sampling;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ContentHashTests {

  @Test
  void ignoresTheTimeOfSubmissionAndTheOrderOfLabels() {
    var hash = ContentHash.of(Prompts.prompt("a").setMetadata(labels("x", "y")).build());

    assertThat(
            ContentHash.of(
                Prompts.prompt("a")
                    .setMetadata(labels("y", "x"))
                    .setSubmitTime(Instant.EPOCH)
                    .build()))
        .isEqualTo(hash);
  }

  @Test
  void tellsDifferentContentApart() {
    var hash = ContentHash.of(Prompts.prompt("a").build());

    assertThat(ContentHash.of(Prompts.prompt("a").setModel("llama").build())).isNotEqualTo(hash);
    assertThat(ContentHash.of(Prompts.prompt("a").setPriority(1).build())).isNotEqualTo(hash);
    assertThat(ContentHash.of(Prompts.prompt("a").setMetadata(Map.of()).build()))
        .isNotEqualTo(hash);
    assertThat(ContentHash.of(Prompts.prompt("a").setSampling(seeded(1)).build()))
        .isNotEqualTo(ContentHash.of(Prompts.prompt("a").setSampling(seeded(2)).build()));
  }

  @Test
  void tellsWhereOneMessageEndsAndTheNextBegins() {
    List<Message> one = List.of(new Message(Role.USER, "ab"), new Message(Role.USER, "c"));
    List<Message> other = List.of(new Message(Role.USER, "a"), new Message(Role.USER, "bc"));

    assertThat(ContentHash.of(Prompts.prompt("a").setMessages(one).build()))
        .isNotEqualTo(ContentHash.of(Prompts.prompt("a").setMessages(other).build()));
  }

  @Test
  void leavesDefaultsOutSoThatANewFieldChangesNothing() {
    assertThat(ContentHash.of(Prompts.prompt("a").setTenant("default").setPriority(0).build()))
        .isEqualTo(ContentHash.of(Prompts.prompt("a").build()));
  }

  private static Sampling seeded(long seed) {
    return Sampling.newBuilder().setSeed(seed).build();
  }

  private static Map<String, String> labels(String... keys) {
    Map<String, String> labels = new LinkedHashMap<>();
    for (String key : keys) {
      labels.put(key, "value of " + key);
    }
    return labels;
  }
}
