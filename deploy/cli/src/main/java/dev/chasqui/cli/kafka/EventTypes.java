package dev.chasqui.cli.kafka;

import dev.chasqui.cli.CommandException;
import dev.chasqui.events.AdmissionEvent;
import dev.chasqui.events.CancellationRequested;
import dev.chasqui.events.GenerationEvent;
import dev.chasqui.events.PolicyEvent;
import dev.chasqui.events.PromptSubmitted;
import dev.chasqui.events.ResponseEvent;
import dev.chasqui.events.ReviewEvent;
import dev.chasqui.events.SafetyVerdict;
import dev.chasqui.schemas.topics.TopicRole;
import dev.chasqui.schemas.topics.Topics;
import java.util.Arrays;
import org.apache.avro.specific.SpecificRecord;

/** Which events a topic holds. */
final class EventTypes {

  private EventTypes() {}

  /**
   * Returns the class of a topic's events. Dead letters are prompts, as far as they can be read.
   *
   * @throws CommandException if the topic is none of ours
   */
  static Class<? extends SpecificRecord> of(Topics topics, String topic) {
    TopicRole role =
        Arrays.stream(TopicRole.values())
            .filter(each -> topic.equals(topics.name(each)) || admitted(topics, each, topic))
            .findFirst()
            .orElseThrow(() ->
                new CommandException(
                    "topic %s is none of Chasqui's. Its topics are %s; --config may rename them."
                        .formatted(topic, topics.names().values())));
    return switch (role) {
      case PROMPTS, DEAD_LETTERS -> PromptSubmitted.class;
      case ADMITTED -> AdmissionEvent.class;
      case GENERATIONS -> GenerationEvent.class;
      case RESPONSES -> ResponseEvent.class;
      case VERDICTS -> SafetyVerdict.class;
      case REVIEWS, REVIEW_DECISIONS -> ReviewEvent.class;
      case CANCELLATIONS -> CancellationRequested.class;
      case POLICIES -> PolicyEvent.class;
    };
  }

  private static boolean admitted(Topics topics, TopicRole role, String topic) {
    return role == TopicRole.ADMITTED && topic.startsWith(topics.name(role) + ".");
  }
}
