package dev.chasqui.schemas.topics;

import java.util.EnumMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The names of all topics.
 *
 * @param names one name per role; for {@link TopicRole#ADMITTED} the part ahead of {@code .<pool>}
 */
public record Topics(Map<TopicRole, String> names) {
  /** The prefix of names that are not configured. */
  public static final String DEFAULT_PREFIX = "chasqui.";

  private static final String KEY = "chasqui.topics.";
  private static final Pattern LEGAL = Pattern.compile("[a-zA-Z0-9._-]{1,249}");

  /** Validates and copies the names. */
  public Topics {
    names = Map.copyOf(names);
    for (TopicRole role : TopicRole.values()) {
      requireLegal(role, names.get(role));
    }
    if (names.values().stream().distinct().count() != names.size()) {
      throw new IllegalArgumentException(
          "two topics have one name: %s. Give each %s<topic> its own".formatted(names, KEY));
    }
  }

  private static void requireLegal(TopicRole role, String name) {
    if (name == null || !LEGAL.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "%s%s is '%s'; a topic name has 1 to 249 of a-z, A-Z, 0-9, '.', '_' and '-'"
              .formatted(KEY, role.suffix(), name));
    }
  }

  /**
   * The names of architecture and documentation.
   *
   * @return {@code chasqui.prompts} and so on
   */
  public static Topics defaults() {
    return withPrefix(DEFAULT_PREFIX);
  }

  /**
   * The default names under another prefix.
   *
   * @param prefix for example {@code acme.chasqui.}; may be empty
   * @return the names
   */
  public static Topics withPrefix(String prefix) {
    return from(Map.of(KEY + "prefix", prefix));
  }

  /**
   * Reads names out of a configuration: {@code chasqui.topics.prefix}, and {@code
   * chasqui.topics.prompts} and so on for single topics.
   *
   * @param configuration keys that are missing mean the defaults
   * @return the names
   */
  public static Topics from(Map<String, ?> configuration) {
    String prefix = text(configuration, KEY + "prefix", DEFAULT_PREFIX);
    Map<TopicRole, String> names = new EnumMap<>(TopicRole.class);
    for (TopicRole role : TopicRole.values()) {
      names.put(role, text(configuration, KEY + role.suffix(), prefix + role.suffix()));
    }
    return new Topics(names);
  }

  private static String text(Map<String, ?> configuration, String key, String fallback) {
    Object value = configuration.get(key);
    return value == null ? fallback : value.toString();
  }

  /**
   * The name of a topic.
   *
   * @param role what the topic is for
   * @return its name; for {@link TopicRole#ADMITTED} the part ahead of {@code .<pool>}
   */
  public String name(TopicRole role) {
    return names.get(role);
  }

  /**
   * The admitted topic of a pool.
   *
   * @param pool the pool's name
   * @return its topic
   */
  public String admitted(String pool) {
    String name = name(TopicRole.ADMITTED) + "." + pool;
    if (pool.isEmpty() || !LEGAL.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "pool '%s' makes the topic name '%s'; use 1 or more of a-z, A-Z, 0-9, '.', '_' and '-'"
              .formatted(pool, name));
    }
    return name;
  }

  /**
   * The topic of prompts.
   *
   * @return its name
   */
  public String prompts() {
    return name(TopicRole.PROMPTS);
  }

  /**
   * The topic of unjudged answers.
   *
   * @return its name
   */
  public String generations() {
    return name(TopicRole.GENERATIONS);
  }

  /**
   * The topic that users read.
   *
   * @return its name
   */
  public String responses() {
    return name(TopicRole.RESPONSES);
  }

  /**
   * The topic of verdicts.
   *
   * @return its name
   */
  public String verdicts() {
    return name(TopicRole.VERDICTS);
  }

  /**
   * The topic of requests for a decision.
   *
   * @return its name
   */
  public String reviews() {
    return name(TopicRole.REVIEWS);
  }

  /**
   * The topic of decisions.
   *
   * @return its name
   */
  public String reviewDecisions() {
    return name(TopicRole.REVIEW_DECISIONS);
  }

  /**
   * The topic of cancellations.
   *
   * @return its name
   */
  public String cancellations() {
    return name(TopicRole.CANCELLATIONS);
  }

  /**
   * The topic of policies.
   *
   * @return its name
   */
  public String policies() {
    return name(TopicRole.POLICIES);
  }

  /**
   * The topic of dead letters.
   *
   * @return its name
   */
  public String deadLetters() {
    return name(TopicRole.DEAD_LETTERS);
  }
}
