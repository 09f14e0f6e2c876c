package dev.chasqui.schemas.topics;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Creates the topics that are missing and checks those that exist.
 *
 * <p>May run in several processes at once, and again at every start. It never changes a topic that
 * exists. The admin client belongs to the caller, whose thread waits.
 */
public final class TopicCreator {
  private final Admin admin;
  private final Duration patience;

  /**
   * Takes an open admin client.
   *
   * @param admin stays the caller's
   * @param patience how long each call to the brokers may take
   */
  public TopicCreator(Admin admin, Duration patience) {
    this.admin = admin;
    this.patience = patience;
  }

  /**
   * Makes the topics be as planned.
   *
   * @param plans the topics
   * @return the names of those that this call created
   * @throws TopicMismatchException if a co-partitioned topic exists with another partition count
   * @throws KafkaException if the brokers refuse or do not answer
   */
  public List<String> create(List<TopicPlan> plans) {
    Map<String, Integer> existing = existing(plans);
    requirePartitions(plans, existing);
    List<TopicPlan> missing =
        plans.stream().filter(plan -> !existing.containsKey(plan.name())).toList();
    List<String> created = createMissing(missing);
    requirePartitions(plans, existing(plans));
    return created;
  }

  private Map<String, Integer> existing(List<TopicPlan> plans) {
    var answers =
        admin.describeTopics(plans.stream().map(TopicPlan::name).toList()).topicNameValues();
    Map<String, Integer> partitions = new HashMap<>();
    answers.forEach((name, answer) -> {
      try {
        TopicDescription topic = await(answer);
        partitions.put(name, topic.partitions().size());
      } catch (UnknownTopicOrPartitionException e) {
        partitions.remove(name);
      }
    });
    return partitions;
  }

  private List<String> createMissing(List<TopicPlan> missing) {
    var answers = admin.createTopics(missing.stream().map(TopicCreator::topic).toList()).values();
    return answers.entrySet().stream()
        .filter(entry -> created(entry.getValue()))
        .map(Map.Entry::getKey)
        .sorted()
        .toList();
  }

  /** Whether we created the topic; false if another process was faster. */
  private boolean created(KafkaFuture<Void> answer) {
    try {
      await(answer);
      return true;
    } catch (TopicExistsException e) {
      return false;
    }
  }

  private static NewTopic topic(TopicPlan plan) {
    return new NewTopic(plan.name(), plan.partitions(), (short) plan.replicationFactor())
        .configs(plan.configs());
  }

  private static void requirePartitions(List<TopicPlan> plans, Map<String, Integer> existing) {
    String wrong =
        plans.stream()
            .filter(plan -> plan.role().coPartitioned())
            .filter(
                plan -> existing.getOrDefault(plan.name(), plan.partitions()) != plan.partitions())
            .map(plan -> plan.name() + " has " + existing.get(plan.name()))
            .collect(Collectors.joining(", "));
    if (!wrong.isEmpty()) {
      throw new TopicMismatchException(
          ("%s; all topics keyed by request id must have the same number of partitions, here %d."
                  + " Configure the number that they have, or let the topics be created anew")
              .formatted(wrong, plans.getFirst().partitions()));
    }
  }

  private <V> V await(KafkaFuture<V> answer) {
    try {
      return answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    } catch (TimeoutException e) {
      throw new KafkaException("the brokers did not answer within " + patience, e);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof KafkaException failure ? failure : new KafkaException(e);
    }
  }
}
