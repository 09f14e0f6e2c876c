package dev.chasqui.schemas.compatibility;

import dev.chasqui.events.AdmissionEvent;
import dev.chasqui.events.CancellationRequested;
import dev.chasqui.events.GenerationEvent;
import dev.chasqui.events.PolicyEvent;
import dev.chasqui.events.PromptSubmitted;
import dev.chasqui.events.ResponseEvent;
import dev.chasqui.events.ReviewEvent;
import dev.chasqui.events.SafetyVerdict;
import dev.chasqui.schemas.topics.TopicRole;
import java.util.List;
import org.apache.avro.Schema;

/**
 * What a topic holds and which changes of it are allowed.
 *
 * <p>What only we read may change as long as new readers read old records. What users read may
 * change only so that the readers they have survive new records too.
 *
 * @param role the topic
 * @param schema the record in its values
 * @param level which changes are allowed
 */
public record TopicContract(TopicRole role, Schema schema, CompatibilityLevel level) {

  /**
   * The contract of every topic that holds Avro; dead letters hold bytes of any kind.
   *
   * @return one contract per topic
   */
  public static List<TopicContract> all() {
    CompatibilityLevel ours = CompatibilityLevel.BACKWARD_TRANSITIVE;
    CompatibilityLevel users = CompatibilityLevel.FULL_TRANSITIVE;
    return List.of(
        new TopicContract(TopicRole.PROMPTS, PromptSubmitted.getClassSchema(), ours),
        new TopicContract(TopicRole.CANCELLATIONS, CancellationRequested.getClassSchema(), ours),
        new TopicContract(TopicRole.REVIEW_DECISIONS, ReviewEvent.getClassSchema(), ours),
        new TopicContract(TopicRole.POLICIES, PolicyEvent.getClassSchema(), ours),
        new TopicContract(TopicRole.ADMITTED, AdmissionEvent.getClassSchema(), ours),
        new TopicContract(TopicRole.GENERATIONS, GenerationEvent.getClassSchema(), ours),
        new TopicContract(TopicRole.RESPONSES, ResponseEvent.getClassSchema(), users),
        new TopicContract(TopicRole.VERDICTS, SafetyVerdict.getClassSchema(), users),
        new TopicContract(TopicRole.REVIEWS, ReviewEvent.getClassSchema(), users));
  }
}
