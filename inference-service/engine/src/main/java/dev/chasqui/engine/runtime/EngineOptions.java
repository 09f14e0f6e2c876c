package dev.chasqui.engine.runtime;

import dev.chasqui.engine.api.InvalidRequestException;
import dev.chasqui.engine.backend.KvRoom;
import dev.chasqui.engine.backend.KvShape;
import dev.chasqui.engine.backend.KvType;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How to open a model.
 *
 * @param model the checkpoint file or directory
 * @param backend {@code auto}, or the name of a backend
 * @param threads compute threads, at least 1
 * @param cache how much context there is room for
 * @param batch what one step may hold
 * @param adapters LoRA adapters of the model, by the names that requests give them: PEFT folders or
 *     GGUF files
 * @param chatTemplate name of a built-in chat template, or a file of one, in place of the
 *     checkpoint's own; empty takes that, or the built-in one that fits
 * @param draftModel a smaller checkpoint of the same vocabulary, which guesses tokens for requests
 *     that want it
 */
public record EngineOptions(
    Path model,
    String backend,
    int threads,
    Cache cache,
    Batch batch,
    Map<String, Path> adapters,
    Optional<String> chatTemplate,
    Optional<Path> draftModel) {

  /** Checks the ranges and copies the map. */
  public EngineOptions {
    adapters = Map.copyOf(adapters);
    Objects.requireNonNull(model);
    Objects.requireNonNull(backend);
    checkAtLeast("threads", threads, 1);
  }

  /**
   * How much context there is room for.
   *
   * @param contextLength most tokens of prompt and answer together; empty takes the model's own, at
   *     most {@value #USUAL_CONTEXT_LENGTH}
   * @param kvTokens tokens whose keys and values fit into the cache, of all sequences together;
   *     empty takes the context length, at least {@value #USUAL_CONTEXT_LENGTH}
   * @param blockSizeTokens tokens of one block: 16 or 32 are usual
   * @param memoryFraction share of a GPU's free memory that the model, its activations and, where
   *     kvTokens is empty, its cache take, above 0, at most 1
   * @param kvType how keys and values are kept
   */
  public record Cache(
      OptionalInt contextLength,
      OptionalInt kvTokens,
      int blockSizeTokens,
      double memoryFraction,
      KvType kvType) {

    static final int USUAL_CONTEXT_LENGTH = 8192;

    /** The rest is left to the driver and to those who come later. */
    public static final double USUAL_MEMORY_FRACTION = 0.9;

    /**
     * Makes a cache that takes the usual share of a GPU's memory, and whose type is the backend's
     * choice.
     *
     * @param contextLength most tokens of prompt and answer together
     * @param kvTokens tokens whose keys and values fit into the cache
     * @param blockSizeTokens tokens of one block
     */
    public Cache(OptionalInt contextLength, OptionalInt kvTokens, int blockSizeTokens) {
      this(contextLength, kvTokens, blockSizeTokens, USUAL_MEMORY_FRACTION, KvType.AUTO);
    }

    /** Checks the ranges. */
    public Cache {
      contextLength.ifPresent(length -> checkAtLeast("context-length", length, 2));
      kvTokens.ifPresent(tokens -> checkAtLeast("kv-tokens", tokens, 2));
      checkAtLeast("block-size-tokens", blockSizeTokens, 1);
      Objects.requireNonNull(kvType);
      if (!(memoryFraction > 0 && memoryFraction <= 1)) {
        throw new InvalidRequestException(
            "gpu-memory-fraction",
            Double.toString(memoryFraction),
            "it must be above 0 and at most 1",
            "0.9 is usual.");
      }
    }

    /** Returns most tokens of prompt and answer, given the model's own limit. */
    int contextLength(int ofModel) {
      int wanted = contextLength.orElse(USUAL_CONTEXT_LENGTH);
      return Math.min(
          ofModel, kvTokens.isPresent() ? Math.min(wanted, kvTokens.getAsInt()) : wanted);
    }

    /** Returns how many blocks there must and may be, given the model's own limit. */
    KvRoom room(int contextLengthOfModel) {
      int least = Math.ceilDiv(contextLength(contextLengthOfModel), blockSizeTokens);
      return new KvRoom(
          new KvShape(least, blockSizeTokens, kvType),
          new KvShape(blocks(contextLengthOfModel), blockSizeTokens, kvType),
          memoryFraction);
    }

    /** Returns the number of blocks, given the model's own limit. */
    int blocks(int contextLengthOfModel) {
      int usual = Math.max(contextLength(contextLengthOfModel), USUAL_CONTEXT_LENGTH);
      return Math.ceilDiv(kvTokens.orElse(usual), blockSizeTokens);
    }
  }

  /**
   * What one step may hold.
   *
   * @param maxSequences sequences that run at once
   * @param prefillTokens new prompt tokens in one step, of all sequences together: more is faster
   *     in all, fewer keep the others' tokens flowing
   * @param decodeRows rows up to which guesses of speculative decoding join the tokens that decode:
   *     a batch of so many sequences or more has none. 0 switches guessing off
   */
  public record Batch(int maxSequences, int prefillTokens, int decodeRows) {

    /**
     * Rows that cost a CPU little beside the first one: 8 take 1.4 to 1.5 times as long as one, and
     * from some 16 on the time goes up with their number.
     */
    static final int USUAL_DECODE_ROWS = 16;

    /**
     * Makes a batch with the usual room for guesses.
     *
     * @param maxSequences sequences that run at once
     * @param prefillTokens new prompt tokens in one step
     */
    public Batch(int maxSequences, int prefillTokens) {
      this(maxSequences, prefillTokens, USUAL_DECODE_ROWS);
    }

    /** Checks the ranges. */
    public Batch {
      checkAtLeast("max-sequences", maxSequences, 1);
      checkAtLeast("prefill-tokens", prefillTokens, 1);
      checkAtLeast("decode-rows", decodeRows, 0);
    }
  }

  /**
   * Returns the usual options: backend {@code auto}, all processors, 16 sequences, 128 prompt
   * tokens a step, blocks of 16 tokens.
   *
   * @param model the checkpoint file or directory
   * @return options to open it with
   */
  public static EngineOptions of(Path model) {
    return new EngineOptions(
        model,
        "auto",
        Runtime.getRuntime().availableProcessors(),
        new Cache(OptionalInt.empty(), OptionalInt.empty(), 16),
        new Batch(16, 128),
        Map.of(),
        Optional.empty(),
        Optional.empty());
  }

  /**
   * Returns these options with another backend.
   *
   * @param name {@code auto}, or the name of a backend
   * @return the changed options
   */
  public EngineOptions withBackend(String name) {
    return new EngineOptions(
        model, name, threads, cache, batch, adapters, chatTemplate, draftModel);
  }

  /**
   * Returns these options with another number of threads.
   *
   * @param count compute threads
   * @return the changed options
   */
  public EngineOptions withThreads(int count) {
    return new EngineOptions(
        model, backend, count, cache, batch, adapters, chatTemplate, draftModel);
  }

  /**
   * Returns these options with another cache.
   *
   * @param size how much context there is room for
   * @return the changed options
   */
  public EngineOptions withCache(Cache size) {
    return new EngineOptions(
        model, backend, threads, size, batch, adapters, chatTemplate, draftModel);
  }

  /**
   * Returns these options with room for so many tokens.
   *
   * @param tokens tokens of all sequences together; limits the context length too
   * @return the changed options
   */
  public EngineOptions withKvTokens(int tokens) {
    return withCache(
        new Cache(
            cache.contextLength(),
            OptionalInt.of(tokens),
            cache.blockSizeTokens(),
            cache.memoryFraction(),
            cache.kvType()));
  }

  /**
   * Returns these options with a context limit.
   *
   * @param tokens most tokens of prompt and answer together; the model's own limit holds too
   * @return the changed options
   */
  public EngineOptions withContextLength(int tokens) {
    return withCache(
        new Cache(
            OptionalInt.of(tokens),
            cache.kvTokens(),
            cache.blockSizeTokens(),
            cache.memoryFraction(),
            cache.kvType()));
  }

  /**
   * Returns these options with keys and values of another type.
   *
   * @param type how they are kept
   * @return the changed options
   */
  public EngineOptions withKvType(KvType type) {
    return withCache(
        new Cache(
            cache.contextLength(),
            cache.kvTokens(),
            cache.blockSizeTokens(),
            cache.memoryFraction(),
            type));
  }

  /**
   * Returns these options with other steps.
   *
   * @param size what one step may hold
   * @return the changed options
   */
  public EngineOptions withBatch(Batch size) {
    return new EngineOptions(
        model, backend, threads, cache, size, adapters, chatTemplate, draftModel);
  }

  /**
   * Returns these options with other adapters.
   *
   * @param byName PEFT folders or GGUF files, by the names that requests give them
   * @return the changed options
   */
  public EngineOptions withAdapters(Map<String, Path> byName) {
    return new EngineOptions(
        model, backend, threads, cache, batch, byName, chatTemplate, draftModel);
  }

  /**
   * Returns these options with another chat template.
   *
   * @param nameOrFile name of a built-in one, or a file; empty takes the checkpoint's own
   * @return the changed options
   */
  public EngineOptions withChatTemplate(Optional<String> nameOrFile) {
    return new EngineOptions(
        model, backend, threads, cache, batch, adapters, nameOrFile, draftModel);
  }

  /**
   * Returns these options with another draft model.
   *
   * @param path a smaller checkpoint of the same vocabulary; empty takes none
   * @return the changed options
   */
  public EngineOptions withDraftModel(Optional<Path> path) {
    return new EngineOptions(model, backend, threads, cache, batch, adapters, chatTemplate, path);
  }

  private static void checkAtLeast(String field, int value, int least) {
    if (value < least) {
      throw new InvalidRequestException(
          field, Integer.toString(value), "it must be at least " + least, "Raise it.");
    }
  }
}
