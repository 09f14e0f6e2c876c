package dev.chasqui.inference.worker;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The models that this process answers with. */
public final class WorkerPool {

  private final String name;
  private final Map<String, ServedModel> models = new LinkedHashMap<>();

  /**
   * Gathers models.
   *
   * @param name the pool's name, part of its admitted topic
   * @param models at least one, of different names
   * @throws IllegalArgumentException if there is none, or if two have one name
   */
  public WorkerPool(String name, List<ServedModel> models) {
    this.name = name;
    for (ServedModel model : models) {
      if (this.models.put(model.name(), model) != null) {
        throw new IllegalArgumentException("two models of pool " + name + " are " + model.name());
      }
    }
    if (models.isEmpty()) {
      throw new IllegalArgumentException("pool " + name + " has no model: configure one at least");
    }
  }

  /** Returns the pool's name. */
  public String name() {
    return name;
  }

  /**
   * Returns a model.
   *
   * @param model the name by which a prompt asks for it
   * @return the model, if it is served here
   */
  public Optional<ServedModel> model(String model) {
    return Optional.ofNullable(models.get(model));
  }

  /** Returns all models. */
  public Collection<ServedModel> models() {
    return List.copyOf(models.values());
  }
}
