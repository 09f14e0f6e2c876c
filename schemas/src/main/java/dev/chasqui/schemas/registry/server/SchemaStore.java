package dev.chasqui.schemas.registry.server;

import dev.chasqui.schemas.compatibility.CompatibilityLevel;
import dev.chasqui.schemas.registry.server.LogEntry.LevelSet;
import dev.chasqui.schemas.registry.server.LogEntry.Registered;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.avro.Schema;

/**
 * Subjects, versions, ids and compatibility levels, in memory and in the log.
 *
 * <p>One schema text has one id in all subjects; ids and versions count from 1. Every method holds
 * the store's lock, so that a version is checked, written and shown in one step.
 */
final class SchemaStore implements AutoCloseable {
  private static final CompatibilityLevel DEFAULT_LEVEL = CompatibilityLevel.BACKWARD;

  private final RegistryLog log;
  private final Map<String, List<Registered>> subjects = new TreeMap<>();
  private final Map<Integer, String> schemas = new TreeMap<>();
  private final Map<String, Integer> ids = new HashMap<>();
  private final Map<Optional<String>, CompatibilityLevel> levels = new HashMap<>();

  /** Takes over an open log. */
  SchemaStore(RegistryLog log) {
    this.log = log;
    log.entries().forEach(this::apply);
  }

  synchronized List<String> subjects() {
    return List.copyOf(subjects.keySet());
  }

  /** All versions of a subject, oldest first. */
  synchronized List<Registered> versions(String subject) throws RegistryError {
    List<Registered> versions = subjects.get(subject);
    if (versions == null) {
      throw RegistryError.subjectNotFound(subject);
    }
    return List.copyOf(versions);
  }

  synchronized String schema(int id) throws RegistryError {
    String text = schemas.get(id);
    if (text == null) {
      throw RegistryError.schemaNotFound(Integer.toString(id));
    }
    return text;
  }

  /** Where a schema is in use. */
  synchronized List<Registered> uses(int id) throws RegistryError {
    schema(id);
    return subjects.values().stream().flatMap(List::stream).filter(it -> it.id() == id).toList();
  }

  /** The version of a subject that holds exactly this schema. */
  synchronized Registered find(String subject, Schema schema) throws RegistryError {
    String text = schema.toString();
    return versions(subject).stream()
        .filter(version -> version.schema().equals(text))
        .findFirst()
        .orElseThrow(() -> RegistryError.schemaNotFound(schema.getFullName()));
  }

  /** Adds a version, unless the subject holds the schema already. */
  synchronized Registered register(String subject, Schema schema)
      throws RegistryError, IOException {
    String text = schema.toString();
    List<Registered> earlier = subjects.getOrDefault(subject, List.of());
    Optional<Registered> same =
        earlier.stream().filter(version -> version.schema().equals(text)).findFirst();
    if (same.isPresent()) {
      return same.get();
    }
    List<String> broken = level(subject).incompatibilities(schema, parsed(earlier));
    if (!broken.isEmpty()) {
      throw RegistryError.incompatible(subject, broken.toString());
    }
    Integer known = ids.get(text);
    int id = known != null ? known : schemas.size() + 1;
    Registered added = new Registered(subject, earlier.size() + 1, id, text);
    record(added);
    return added;
  }

  /** What would keep a schema from becoming the next version, against the given versions. */
  synchronized List<String> incompatibilities(
      String subject, Schema schema, List<Registered> against) {
    return level(subject).incompatibilities(schema, parsed(against));
  }

  /** The level that holds for a subject. */
  synchronized CompatibilityLevel level(String subject) {
    CompatibilityLevel own = levels.get(Optional.of(subject));
    return own != null ? own : level();
  }

  /** The level of subjects without their own. */
  synchronized CompatibilityLevel level() {
    return levels.getOrDefault(Optional.<String>empty(), DEFAULT_LEVEL);
  }

  /** A subject's own level, if it has one. */
  synchronized Optional<CompatibilityLevel> ownLevel(String subject) {
    return Optional.ofNullable(levels.get(Optional.of(subject)));
  }

  /** Sets or removes the level of a subject, or the one of all others. */
  synchronized void setLevel(LevelSet change) throws IOException {
    record(change);
  }

  @Override
  public synchronized void close() throws IOException {
    log.close();
  }

  private void record(LogEntry entry) throws IOException {
    log.append(entry);
    apply(entry);
  }

  private void apply(LogEntry entry) {
    switch (entry) {
      case Registered version -> {
        subjects.computeIfAbsent(version.subject(), name -> new ArrayList<>()).add(version);
        schemas.put(version.id(), version.schema());
        ids.put(version.schema(), version.id());
      }
      case LevelSet change ->
          change
              .level()
              .ifPresentOrElse(
                  level -> levels.put(change.subject(), level),
                  () -> levels.remove(change.subject()));
    }
  }

  private static List<Schema> parsed(List<Registered> versions) {
    return versions.stream().map(version -> new Schema.Parser().parse(version.schema())).toList();
  }
}
