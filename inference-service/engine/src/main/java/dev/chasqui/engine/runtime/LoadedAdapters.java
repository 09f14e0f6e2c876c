package dev.chasqui.engine.runtime;

import dev.chasqui.engine.api.InvalidRequestException;
import dev.chasqui.engine.checkpoint.AdapterCheckpoint;
import dev.chasqui.engine.kvcache.PrefixScope;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The adapters of a model: requests name them, steps count them. */
final class LoadedAdapters implements AutoCloseable {

  private final List<String> names = new ArrayList<>();
  private final List<AdapterCheckpoint> inOrder = new ArrayList<>();

  private LoadedAdapters() {}

  /** Opens adapters; they are numbered in the order of their names. */
  static LoadedAdapters open(Map<String, Path> byName) {
    LoadedAdapters adapters = new LoadedAdapters();
    try {
      new TreeMap<>(byName)
          .forEach((name, path) -> {
            adapters.inOrder.add(AdapterCheckpoint.open(path));
            adapters.names.add(name);
          });
      return adapters;
    } catch (RuntimeException | Error e) {
      adapters.close();
      throw e;
    }
  }

  /** Returns the adapters by their places. */
  List<AdapterCheckpoint> inOrder() {
    return List.copyOf(inOrder);
  }

  /** Returns SHA-256 of each by its name. */
  Map<String, String> hashes() {
    Map<String, String> hashes = new LinkedHashMap<>();
    for (int i = 0; i < names.size(); i++) {
      hashes.put(names.get(i), inOrder.get(i).hash());
    }
    return hashes;
  }

  /**
   * Returns the place of an adapter.
   *
   * @param name empty for the model as it is
   * @return its place, or {@link PrefixScope#NO_ADAPTER}
   * @throws InvalidRequestException if there is none of that name
   */
  int place(Optional<String> name) {
    if (name.isEmpty()) {
      return PrefixScope.NO_ADAPTER;
    }
    int place = names.indexOf(name.get());
    if (place < 0) {
      throw new InvalidRequestException(
          "unknown-adapter",
          "adapter",
          "adapter is \"%s\": this model has %s. Name one of these, or none."
              .formatted(name.get(), names.isEmpty() ? "no adapters" : names));
    }
    return place;
  }

  @Override
  public void close() {
    inOrder.forEach(AdapterCheckpoint::close);
  }
}
