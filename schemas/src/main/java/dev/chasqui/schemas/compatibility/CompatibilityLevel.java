package dev.chasqui.schemas.compatibility;

import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.Incompatibility;

/** Who must understand whom when a schema changes; the names are those of schema registries. */
public enum CompatibilityLevel {
  /** Nobody. */
  NONE(false, false, false),
  /** New readers read what the latest version wrote. */
  BACKWARD(true, false, false),
  /** New readers read what every earlier version wrote. */
  BACKWARD_TRANSITIVE(true, false, true),
  /** Readers of the latest version read what the new one writes. */
  FORWARD(false, true, false),
  /** Readers of every earlier version read what the new one writes. */
  FORWARD_TRANSITIVE(false, true, true),
  /** Both ways, for the latest version. */
  FULL(true, true, false),
  /** Both ways, for every earlier version. */
  FULL_TRANSITIVE(true, true, true);

  private final boolean backward;
  private final boolean forward;
  private final boolean transitive;

  CompatibilityLevel(boolean backward, boolean forward, boolean transitive) {
    this.backward = backward;
    this.forward = forward;
    this.transitive = transitive;
  }

  /**
   * Checks a new version.
   *
   * @param candidate the new version
   * @param earlier the versions before it, oldest first
   * @return what breaks, in words; empty if the change is allowed
   */
  public List<String> incompatibilities(Schema candidate, List<Schema> earlier) {
    List<String> broken = new ArrayList<>();
    int first = transitive ? 0 : Math.max(0, earlier.size() - 1);
    for (int i = first; i < earlier.size(); i++) {
      if (backward) {
        broken.addAll(unreadable("new reader, earlier writer", candidate, earlier.get(i)));
      }
      if (forward) {
        broken.addAll(unreadable("earlier reader, new writer", earlier.get(i), candidate));
      }
    }
    return List.copyOf(broken);
  }

  private static List<String> unreadable(String who, Schema reader, Schema writer) {
    return SchemaCompatibility.checkReaderWriterCompatibility(reader, writer)
        .getResult()
        .getIncompatibilities()
        .stream()
        .map(reason -> text(who, reason))
        .toList();
  }

  private static String text(String who, Incompatibility reason) {
    return "%s: %s at %s (%s)"
        .formatted(who, reason.getType(), reason.getLocation(), reason.getMessage());
  }
}
