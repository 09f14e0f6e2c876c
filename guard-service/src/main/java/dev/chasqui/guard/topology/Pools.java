package dev.chasqui.guard.topology;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Which pool serves which model. */
public final class Pools {

  private final List<String> names;
  private final SortedMap<String, String> poolOfModel = new TreeMap<>();

  /**
   * Reads the routing.
   *
   * @param models pool to the models that it serves; each model in one pool
   * @throws IllegalArgumentException with everything that is wrong
   */
  public Pools(Map<String, List<String>> models) {
    this.names = models.keySet().stream().sorted().toList();
    List<String> problems = new ArrayList<>();
    new LinkedHashMap<>(models)
        .forEach((pool, served) -> served.forEach(model -> add(model, pool, problems)));
    if (poolOfModel.isEmpty()) {
      problems.add("no pool serves a model: set chasqui.pools.<pool>=<model>,<model>");
    }
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(String.join("; ", problems));
    }
  }

  private void add(String model, String pool, List<String> problems) {
    String before = poolOfModel.putIfAbsent(model, pool);
    if (before != null) {
      problems.add(
          "model %s stands in pools %s and %s: name it in one".formatted(model, before, pool));
    }
  }

  /** Returns all pools, in order. */
  public List<String> names() {
    return names;
  }

  /** Returns all models, in order. */
  public List<String> models() {
    return List.copyOf(poolOfModel.keySet());
  }

  /**
   * Routes a request.
   *
   * @param model the model that it asks
   * @return the pool that serves it, if one does
   */
  public Optional<String> poolOf(String model) {
    return Optional.ofNullable(poolOfModel.get(model));
  }
}
