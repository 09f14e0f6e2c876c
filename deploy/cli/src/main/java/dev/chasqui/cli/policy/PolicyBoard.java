package dev.chasqui.cli.policy;

import dev.chasqui.cli.CommandException;
import dev.chasqui.cli.kafka.Connection;
import dev.chasqui.cli.kafka.TopicReader;
import dev.chasqui.events.PolicyEvent;
import dev.chasqui.guard.policy.Policies;
import dev.chasqui.guard.policy.Policy;
import dev.chasqui.guard.policy.PolicyKey;
import dev.chasqui.guard.publication.PolicyEvents;
import dev.chasqui.guard.publication.PolicyLedger;
import dev.chasqui.schemas.serde.DecodeOutcome;
import dev.chasqui.schemas.serde.RecordDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.InterruptException;

/**
 * The policies of a running Chasqui as this command sees them: the built-in ones and those on the
 * topic, not the files of its guards.
 */
public final class PolicyBoard {

  private final Connection connection;
  private final Policies policies;
  private final Map<PolicyKey, Instant> published;

  private PolicyBoard(Connection connection, Policies policies, Map<PolicyKey, Instant> published) {
    this.connection = connection;
    this.policies = policies;
    this.published = published;
  }

  /**
   * Reads all that is on the topic now.
   *
   * @param connection to Kafka and the registry
   * @return the policies
   */
  public static PolicyBoard read(Connection connection) {
    PolicyLedger ledger = new PolicyLedger(Policies.builtIn(), _ -> {});
    Map<PolicyKey, Instant> published = new HashMap<>();
    try (RecordDecoder<PolicyEvent> decoder = connection.serdes().decoder(PolicyEvent.class)) {
      TopicReader.readAll(
          connection,
          List.of(connection.topics().policies()),
          each -> take(ledger, published, decoder, each));
    }
    return new PolicyBoard(connection, ledger.policies(), published);
  }

  /** What cannot be read is not used by guards either. */
  private static void take(
      PolicyLedger ledger,
      Map<PolicyKey, Instant> published,
      RecordDecoder<PolicyEvent> decoder,
      ConsumerRecord<byte[], byte[]> each) {
    String key = each.key() == null ? "" : new String(each.key(), StandardCharsets.UTF_8);
    if (decoder.decode(each.topic(), each.headers(), each.value())
            instanceof DecodeOutcome.Readable<PolicyEvent>(PolicyEvent event)
        && ledger.apply(key, event).isEmpty()
        && event.getPublished() != null) {
      published.putIfAbsent(PolicyEvents.policy(event.getPublished()).key(), event.getTime());
    }
  }

  List<Policy> all() {
    return policies.all();
  }

  boolean isActive(Policy policy) {
    return policies.active(policy.id()).filter(policy::equals).isPresent();
  }

  Optional<Policy> active(String id) {
    return policies.active(id);
  }

  /** When a version was published; empty for a built-in one. */
  Optional<Instant> published(Policy policy) {
    return Optional.ofNullable(published.get(policy.key()));
  }

  Optional<Policy> find(String id, int version) {
    return policies.find(id, version);
  }

  /**
   * Returns what a version or an id names.
   *
   * @param name ID@VERSION, or ID for the active version
   * @return the version
   * @throws CommandException if there is none
   */
  public Policy require(String name) {
    int at = name.lastIndexOf('@');
    Optional<Policy> found =
        at < 0 ? active(name) : find(name.substring(0, at), number(name.substring(at + 1)));
    return found.orElseThrow(() ->
        new CommandException(
            "policy %s is neither built in nor published: there are %s. Publish it first: chasqui policy publish FILE"
                .formatted(name, all().stream().map(Policy::key).toList())));
  }

  private static int number(String version) {
    try {
      return Integer.parseInt(version);
    } catch (NumberFormatException e) {
      throw new CommandException(
          "\"%s\" is no version: name a policy as ID@VERSION, for example shop@2."
              .formatted(version),
          e);
    }
  }

  void publish(Policy policy) {
    write(policy.key().toString(), PolicyEvents.published(policy, Instant.now()));
  }

  /** Returns the tenants that have a version of their own in this one. */
  List<String> tenants(Policy policy) {
    return policies.tenantsOf(policy.key());
  }

  Optional<Policy> ofTenant(String tenant) {
    return policies.ofTenant(tenant);
  }

  void activate(Policy policy, String tenant) {
    PolicyEvent event = PolicyEvents.activated(policy.key(), tenant, Instant.now());
    write(PolicyEvents.tenantKey(tenant), event);
  }

  void deactivate(String tenant) {
    write(PolicyEvents.tenantKey(tenant), PolicyEvents.deactivated(tenant, Instant.now()));
  }

  void activate(Policy policy) {
    write(policy.id(), PolicyEvents.activated(policy.key(), Instant.now()));
  }

  private void write(String key, PolicyEvent event) {
    try (Producer<String, PolicyEvent> producer = connection.producer(PolicyEvent.class)) {
      producer.send(new ProducerRecord<>(connection.topics().policies(), key, event)).get();
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    } catch (ExecutionException e) {
      throw new CommandException(
          "the event on %s was not accepted by Kafka: %s".formatted(key, e.getCause().getMessage()),
          e);
    }
  }
}
