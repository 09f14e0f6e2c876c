package dev.chasqui.guard.scan;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One weakness that two rules found on one line is reported once, as the worse of them. */
final class Overlaps {

  private Overlaps() {}

  private record Place(int line, String cwe) {}

  static List<Finding> removed(List<Finding> findings) {
    Map<Place, Finding> worst = new LinkedHashMap<>();
    for (Finding finding : findings) {
      worst.merge(
          new Place(finding.line(), finding.cwes().getFirst()),
          finding,
          (one, other) -> other.severity().compareTo(one.severity()) > 0 ? other : one);
    }
    return new ArrayList<>(worst.values());
  }
}
