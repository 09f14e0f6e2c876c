package dev.chasqui.schemas.compatibility;

import dev.chasqui.schemas.registry.RegistryClient;
import dev.chasqui.schemas.topics.TopicRole;
import dev.chasqui.schemas.topics.Topics;
import java.util.List;

/**
 * Tells a registry every contract ahead of the first record.
 *
 * <p>Clients that take their schema from the registry, as those of other languages do, can then
 * write prompts although none of our services ever does; and the registry refuses what would break
 * a contract. May run again at every start.
 */
public final class ContractPublisher {
  private final RegistryClient registry;

  /**
   * Takes a registry.
   *
   * @param registry stays the caller's
   */
  public ContractPublisher(RegistryClient registry) {
    this.registry = registry;
  }

  /**
   * Sets the level of each topic's subject and registers its schema.
   *
   * @param topics the names
   * @param pools the pools that answer
   * @throws dev.chasqui.schemas.registry.SchemaRefusedException if a subject holds something that
   *     today's schema would break
   * @throws dev.chasqui.schemas.registry.RegistryUnavailableException if no registry answers, or it
   *     does not let us set levels
   */
  public void publish(Topics topics, List<String> pools) {
    for (TopicContract contract : TopicContract.all()) {
      for (String topic : names(contract.role(), topics, pools)) {
        String subject = topic + "-value";
        registry.setCompatibility(subject, contract.level().name());
        registry.register(subject, contract.schema());
      }
    }
  }

  private static List<String> names(TopicRole role, Topics topics, List<String> pools) {
    return role == TopicRole.ADMITTED
        ? pools.stream().map(topics::admitted).toList()
        : List.of(topics.name(role));
  }
}
