package dev.chasqui.inference.worker;

import dev.chasqui.engine.api.Engine;
import dev.chasqui.engine.api.EngineCall;
import dev.chasqui.engine.api.EngineLoad;
import dev.chasqui.engine.api.GenerationListener;
import dev.chasqui.engine.api.GenerationRequest;
import dev.chasqui.engine.api.ModelDescription;
import dev.chasqui.stream.Turnstile;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** One model of a pool, on one or more devices. */
public final class ServedModel {

  private final String name;
  private final List<Engine> engines;
  private final Turnstile turnstile;

  /**
   * Takes the engines of a model; they stay the caller's to close.
   *
   * @param name the name by which prompts ask for it
   * @param engines one for each device, all of the same weights
   * @throws IllegalArgumentException if there is none, or if they differ
   */
  public ServedModel(String name, List<Engine> engines) {
    this.name = name;
    this.engines = List.copyOf(engines);
    checkAlike(name, this.engines);
    this.turnstile = new Turnstile(() -> capacity(this.engines));
  }

  /** Returns the name by which prompts ask for it. */
  public String name() {
    return name;
  }

  /** Returns what the engines have loaded. */
  public ModelDescription description() {
    return engines.getFirst().model();
  }

  /** Returns where requests wait for room: who is inside may call {@link #generate}. */
  public Turnstile turnstile() {
    return turnstile;
  }

  /** Returns what is wrong with the engines whose devices were lost, one sentence each. */
  public List<String> faults() {
    return engines.stream().flatMap(engine -> engine.fault().stream()).toList();
  }

  /**
   * Starts an answer on the least loaded engine that computes.
   *
   * @param request what to generate
   * @param listener gets the events, on that engine's thread
   * @return the running call
   */
  public EngineCall generate(GenerationRequest request, GenerationListener listener) {
    return engines.stream()
        .min(
            Comparator.comparing((Engine engine) -> engine.fault().isPresent())
                .thenComparingDouble(engine -> occupancy(engine.load())))
        .orElseThrow()
        .generate(request, listener);
  }

  /** Returns how many sequences run at this moment, on all devices. */
  public int running() {
    return engines.stream().mapToInt(engine -> engine.load().running()).sum();
  }

  private static double occupancy(EngineLoad load) {
    return (load.running() + load.waiting()) / (double) Math.max(1, load.slots());
  }

  /**
   * A quarter more than can run: a freed slot is filled from the engine's own queue while the next
   * request in line is still read from its store. What has no device waits in the store.
   */
  private static int capacity(List<Engine> engines) {
    int slots =
        engines.stream()
            .filter(engine -> engine.fault().isEmpty())
            .mapToInt(engine -> engine.load().slots())
            .sum();
    return slots == 0 ? 0 : slots + Math.max(1, slots / 4);
  }

  private static void checkAlike(String name, List<Engine> engines) {
    List<String> hashes = engines.stream().map(ServedModel::hashes).distinct().toList();
    if (hashes.size() != 1) {
      throw new IllegalArgumentException(
          "model %s has %d engines with the model hashes %s: one model is needed, on all devices the same"
              .formatted(Objects.requireNonNull(name), engines.size(), hashes));
    }
  }

  private static String hashes(Engine engine) {
    Map<String, String> adapters = engine.model().adapters();
    String ofModel = engine.model().modelHash();
    return adapters.isEmpty() ? ofModel : ofModel + " with adapters " + new TreeMap<>(adapters);
  }
}
