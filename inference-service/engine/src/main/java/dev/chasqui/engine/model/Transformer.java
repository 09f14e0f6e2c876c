package dev.chasqui.engine.model;

import dev.chasqui.engine.api.CheckpointException;
import dev.chasqui.engine.backend.Adapter;
import dev.chasqui.engine.backend.Backend;
import dev.chasqui.engine.backend.KvRoom;
import dev.chasqui.engine.backend.KvShape;
import dev.chasqui.engine.backend.Logits;
import dev.chasqui.engine.backend.Program;
import dev.chasqui.engine.backend.Session;
import dev.chasqui.engine.backend.Step;
import dev.chasqui.engine.checkpoint.AdapterCheckpoint;
import dev.chasqui.engine.checkpoint.Checkpoint;
import dev.chasqui.engine.checkpoint.ModelConfig;
import java.util.List;

/** A Llama model that is loaded into a backend. Belongs to one thread at a time. */
public final class Transformer implements AutoCloseable {

  private final ModelConfig config;
  private final String backend;
  private final KvShape kv;
  private final Session session;

  private Transformer(ModelConfig config, String backend, KvShape kv, Session session) {
    this.config = config;
    this.backend = backend;
    this.kv = kv;
    this.session = session;
  }

  /**
   * Loads a model.
   *
   * @param checkpoint its weights; stays the caller's, who closes it after the transformer
   * @param backend what computes
   * @param kv how much KV memory to set aside
   * @return the model; the caller closes it
   * @throws CheckpointException if a tensor is missing or does not fit the configuration
   * @throws IllegalArgumentException if the KV memory is larger than the backend can hold
   */
  public static Transformer load(Checkpoint checkpoint, Backend backend, KvShape kv) {
    return load(checkpoint, backend, kv, List.of());
  }

  /**
   * Loads a model with adapters.
   *
   * @param checkpoint its weights; stays the caller's, who closes it after the transformer
   * @param backend what computes
   * @param kv how much KV memory to set aside
   * @param adapters what slices may ask for, by their place in this list; they stay the caller's,
   *     who closes them after the transformer
   * @return the model; the caller closes it
   * @throws CheckpointException if a tensor is missing or does not fit the configuration, or an
   *     adapter does not fit the model
   * @throws IllegalArgumentException if the KV memory is larger than the backend can hold
   * @throws dev.chasqui.engine.api.BackendUnavailableException if the backend cannot compute
   *     adapters and there are some
   */
  public static Transformer load(
      Checkpoint checkpoint, Backend backend, KvShape kv, List<AdapterCheckpoint> adapters) {
    ModelConfig config = checkpoint.config();
    LlamaTensors tensors = new LlamaTensors(config, checkpoint.tensors());
    Program program = LlamaProgram.of(config, tensors);
    tensors.check(program.weights(), checkpoint);
    AdapterFit fit = new AdapterFit(config, tensors, program);
    List<Adapter> fitted = adapters.stream().map(fit::fit).toList();
    Session session = backend.open(program, checkpoint.tensors(), kv, fitted);
    return new Transformer(config, backend.name(), kv, session);
  }

  /**
   * Returns how much KV memory to set aside, where nobody says how much.
   *
   * @param checkpoint the model
   * @param backend what is going to compute
   * @param room what is wanted
   * @return what to load the model with
   * @throws dev.chasqui.engine.api.BackendUnavailableException if weights and the least do not fit
   *     into the backend's memory
   */
  public static KvShape kvFor(Checkpoint checkpoint, Backend backend, KvRoom room) {
    ModelConfig config = checkpoint.config();
    LlamaTensors tensors = new LlamaTensors(config, checkpoint.tensors());
    Program program = LlamaProgram.of(config, tensors);
    tensors.check(program.weights(), checkpoint);
    return backend.kvFor(program, checkpoint.tensors(), room);
  }

  /** Returns how much KV memory is set aside. */
  public KvShape kv() {
    return kv;
  }

  /** Returns the sizes of the model. */
  public ModelConfig config() {
    return config;
  }

  /** Returns the name of the backend that computes. */
  public String backend() {
    return backend;
  }

  /**
   * Computes one step: the tokens of all sequences that take part, in one call.
   *
   * @param step tokens, slices and the rows whose logits are wanted
   * @return logits, valid until the next step
   * @throws IllegalArgumentException if the step names a token id or a block that does not exist,
   *     or a block table is too short
   */
  public Logits forward(Step step) {
    return session.run(step);
  }

  /**
   * Computes one step of which only the best tokens are wanted.
   *
   * @param step tokens, slices and the rows whose best tokens are wanted
   * @return the token id with the greatest logit of each
   * @throws IllegalArgumentException as for {@link #forward}
   */
  public int[] greedy(Step step) {
    return session.greedy(step);
  }

  /** Frees activations and KV memory and ends the backend's threads. */
  @Override
  public void close() {
    session.close();
  }
}
