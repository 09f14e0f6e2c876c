package dev.chasqui.engine.runtime;

import dev.chasqui.engine.api.BackendUnavailableException;
import dev.chasqui.engine.api.CheckpointException;
import dev.chasqui.engine.api.InvalidRequestException;
import dev.chasqui.engine.api.MarkedText;
import dev.chasqui.engine.api.ModelDescription;
import dev.chasqui.engine.api.Prompt;
import dev.chasqui.engine.api.TokenIds;
import dev.chasqui.engine.backend.Backend;
import dev.chasqui.engine.backend.Backends;
import dev.chasqui.engine.backend.KvRoom;
import dev.chasqui.engine.backend.KvShape;
import dev.chasqui.engine.backend.Logits;
import dev.chasqui.engine.backend.Slice;
import dev.chasqui.engine.backend.Step;
import dev.chasqui.engine.backend.WarmUp;
import dev.chasqui.engine.checkpoint.Checkpoint;
import dev.chasqui.engine.checkpoint.Checkpoints;
import dev.chasqui.engine.model.Transformer;
import dev.chasqui.engine.tokenize.TokenText;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * A checkpoint with its tokenizer, its chat template and its transformer in a backend.
 *
 * <p>Text methods may be called from any thread; what computes belongs to one thread at a time, the
 * engine's where one was started on it.
 */
public final class LoadedModel implements AutoCloseable {

  private static final int LOGITS_CHUNK_TOKENS = 64;
  private static final int BEST = 5;

  private final PromptText text;
  private final Checkpoint checkpoint;
  private final LoadedAdapters adapters;
  private final Transformer transformer;
  private final KvShape kv;
  private final int contextLength;
  private final List<String> passedOver;

  /** Guesses tokens; set once, before anybody else sees this model. */
  private Optional<LoadedModel> draft = Optional.empty();

  private LoadedModel(
      PromptText text,
      Checkpoint checkpoint,
      LoadedAdapters adapters,
      Transformer transformer,
      int contextLength,
      List<String> passedOver) {
    this.text = text;
    this.checkpoint = checkpoint;
    this.adapters = adapters;
    this.transformer = transformer;
    this.kv = transformer.kv();
    this.contextLength = contextLength;
    this.passedOver = passedOver;
  }

  /**
   * Loads a model.
   *
   * @param options what to load and how
   * @return the model; the caller closes it
   * @throws CheckpointException if the model cannot be read
   * @throws BackendUnavailableException if the backend does not work here
   */
  public static LoadedModel open(EngineOptions options) {
    Checkpoint checkpoint = Checkpoints.open(options.model());
    try {
      return open(options, checkpoint);
    } catch (RuntimeException | Error e) {
      checkpoint.close();
      throw e;
    }
  }

  /**
   * Loads a model from a checkpoint that is open already.
   *
   * @param options how; its path is not looked at
   * @param checkpoint closed with the model, but not where loading fails
   * @return the model; the caller closes it
   * @throws CheckpointException if the model cannot be read
   * @throws BackendUnavailableException if the backend does not work here
   */
  public static LoadedModel open(EngineOptions options, Checkpoint checkpoint) {
    LoadedModel model = openAlone(options, checkpoint);
    try {
      model.draft = options.draftModel().map(path -> model.openDraft(options, path));
      return model;
    } catch (RuntimeException | Error e) {
      model.closeAllButCheckpoint();
      throw e;
    }
  }

  /** As many tokens fit into its cache as into this one's: it may guess for every sequence. */
  private LoadedModel openDraft(EngineOptions options, Path path) {
    EngineOptions.Cache cache =
        new EngineOptions.Cache(
            OptionalInt.of(contextLength), OptionalInt.of((int) kv.tokens()), kv.blockSizeTokens());
    LoadedModel opened =
        open(
            EngineOptions.of(path)
                .withBackend(options.backend())
                .withThreads(options.threads())
                .withCache(cache)
                .withKvType(options.cache().kvType()));
    try {
      DraftModel.check(opened, this);
      return opened;
    } catch (RuntimeException | Error e) {
      opened.close();
      throw e;
    }
  }

  private static LoadedModel openAlone(EngineOptions options, Checkpoint checkpoint) {
    LoadedAdapters adapters = LoadedAdapters.open(options.adapters());
    try {
      PromptText text = new PromptText(checkpoint, options.chatTemplate());
      int ofModel = checkpoint.config().contextLength();
      EngineOptions.Cache cache = options.cache();
      Function<Backend, Transformer> load =
          backend ->
              Transformer.load(
                  checkpoint, backend, kv(checkpoint, backend, cache), adapters.inOrder());
      Backends.Opened<Transformer> opened =
          options.adapters().isEmpty()
              ? Backends.open(options.backend(), options.threads(), load)
              : Backends.openForAdapters(options.backend(), options.threads(), load);
      int contextLength = cache.contextLength(ofModel);
      return new LoadedModel(
          text, checkpoint, adapters, opened.value(), contextLength, opened.passedOver());
    } catch (RuntimeException | Error e) {
      adapters.close();
      throw e;
    }
  }

  /** What was asked for, else what the backend's memory has room for. */
  private static KvShape kv(Checkpoint checkpoint, Backend backend, EngineOptions.Cache cache) {
    KvRoom room = cache.room(checkpoint.config().contextLength());
    return cache.kvTokens().isPresent()
        ? room.usual()
        : Transformer.kvFor(checkpoint, backend, room);
  }

  /** Returns what is loaded; the first call reads all weights for their hash. */
  public ModelDescription description() {
    return new ModelDescription(
        checkpoint.config().name(),
        transformer.backend(),
        checkpoint.hash(),
        text.templateHash(),
        contextLength,
        vocabularySize(),
        text.specialTokens(),
        adapters.hashes());
  }

  /** Returns what a step costs at least. */
  public StepCost stepCost() {
    return StepCost.of(checkpoint);
  }

  /** Returns why better backends were not taken, one sentence each. */
  public List<String> passedOver() {
    return passedOver;
  }

  /** Returns the number of token ids. */
  public int vocabularySize() {
    return checkpoint.config().vocabularySize();
  }

  /** Returns most tokens of prompt and answer together. */
  public int contextLength() {
    return contextLength;
  }

  /**
   * Tokenizes text as it is, without BOS.
   *
   * @param marked special tokens are parsed in scaffold spans only
   * @return its token ids
   */
  public TokenIds encode(MarkedText marked) {
    return text.encode(marked);
  }

  /**
   * Turns a prompt into tokens as {@link LlamaEngine} does: a conversation through the template,
   * text with BOS where the tokenizer says so, tokens as they are.
   *
   * @param prompt the prompt
   * @return at least one token id
   * @throws InvalidRequestException if it is empty, names a token outside the vocabulary, or is a
   *     conversation that the checkpoint has no template for or that its template refuses
   */
  public TokenIds encodePrompt(Prompt prompt) {
    return text.encodePrompt(prompt);
  }

  /** Returns the beginning-of-text token, where the vocabulary has one. */
  public OptionalInt beginOfText() {
    return text.beginOfText();
  }

  /**
   * Turns tokens back into text.
   *
   * @param ids token ids of this vocabulary
   * @return the text; control tokens have none, broken UTF-8 becomes U+FFFD
   * @throws InvalidRequestException if an id is outside the vocabulary
   */
  public String decode(TokenIds ids) {
    text.checkIds("tokens", ids);
    return text.decode(ids);
  }

  /**
   * Computes the logits of a prompt with the model as it is. Not to be called while an engine runs
   * on this model.
   *
   * @param ids the prompt, at least one token; no BOS is added
   * @return logits behind the last token, and the 5 best behind each
   * @throws InvalidRequestException if it is empty, too long or outside the vocabulary
   */
  public PromptLogits logits(TokenIds ids) {
    return logits(ids, Optional.empty());
  }

  /**
   * Computes the logits of a prompt. Not to be called while an engine runs on this model.
   *
   * @param ids the prompt, at least one token; no BOS is added
   * @param adapter name of the adapter to compute with; empty for the model as it is
   * @return logits behind the last token, and the 5 best behind each
   * @throws InvalidRequestException if it is empty, too long or outside the vocabulary, or there is
   *     no such adapter
   */
  public PromptLogits logits(TokenIds ids, Optional<String> adapter) {
    int place = adapters.place(adapter);
    TokenIds prompt = encodePrompt(new Prompt.Tokens(ids));
    checkLength(prompt);
    List<TopLogits> best = new ArrayList<>(prompt.size());
    float[] row = new float[checkpoint.config().outputs()];
    for (int start = 0; start < prompt.size(); start += LOGITS_CHUNK_TOKENS) {
      int count = Math.min(LOGITS_CHUNK_TOKENS, prompt.size() - start);
      Logits logits = forward(wholeChunk(prompt, start, count, place));
      for (int i = 0; i < count; i++) {
        logits.copyRow(i, row);
        best.add(TopLogits.of(row, BEST));
      }
    }
    return new PromptLogits(row, best);
  }

  private void checkLength(TokenIds prompt) {
    if (prompt.size() > contextLength) {
      throw new InvalidRequestException(
          "context-length-exceeded",
          "tokens",
          "tokens are %d: the context holds %d. Give fewer, or raise context-length."
              .formatted(prompt.size(), contextLength));
    }
  }

  /**
   * Scores a prompt with a classifier head, as a reward model does. Not to be called while an
   * engine runs on this model.
   *
   * @param prompt what to score, encoded as for an answer
   * @return the labels behind its last token, raw: no softmax or sigmoid is applied
   * @throws InvalidRequestException if it is empty, too long or outside the vocabulary, or the
   *     model has no such head
   */
  public float[] classify(Prompt prompt) {
    return logits(encodeToClassify(prompt)).last();
  }

  /**
   * Computes steps of every shape until the compiler of this JVM has no more to gain. Not to be
   * called once an engine runs on this model.
   *
   * @param atMost how long it may take, about
   * @return how long it took
   */
  public Duration warmUp(Duration atMost) {
    Duration plain = WarmUp.run(this::forward, kv, atMost);
    Duration left = atMost.minus(plain);
    if (draft.isPresent() && left.isPositive()) {
      plain = plain.plus(draft.get().warmUp(left));
      left = atMost.minus(plain);
    }
    return adapters.inOrder().isEmpty() || left.isNegative()
        ? plain
        : plain.plus(WarmUp.runAdapted(this::forward, kv, left));
  }

  /** Frees the draft model and the transformer, then adapters and checkpoint. */
  @Override
  public void close() {
    draft.ifPresent(LoadedModel::close);
    closeAllButCheckpoint();
    checkpoint.close();
  }

  private void closeAllButCheckpoint() {
    transformer.close();
    adapters.close();
  }

  /** Returns the model that guesses, where there is one. */
  Optional<LoadedModel> draft() {
    return draft;
  }

  /** Returns the name of the checkpoint. */
  String name() {
    return checkpoint.config().name();
  }

  /** Returns what each token id stands for. */
  List<String> pieces() {
    return checkpoint.vocabulary().pieces();
  }

  Logits forward(Step step) {
    return transformer.forward(step);
  }

  LoadedAdapters adapters() {
    return adapters;
  }

  /** Returns the longest sequence whose keys and values outlive a token that comes to it. */
  int stableLength() {
    return checkpoint.config().rope().stableLength();
  }

  /**
   * Encodes what a classifier head is to score.
   *
   * @throws InvalidRequestException if the model has no such head, or the prompt is empty, too long
   *     or outside the vocabulary
   */
  TokenIds encodeToClassify(Prompt prompt) {
    if (checkpoint.config().labels() == 0) {
      throw new InvalidRequestException(
          "model",
          checkpoint.config().name(),
          "it is a language model without a classifier head",
          "Choose a LlamaForSequenceClassification checkpoint.");
    }
    TokenIds ids = encodePrompt(prompt);
    checkLength(ids);
    return ids;
  }

  /** Returns values of a row of logits. */
  int outputs() {
    return checkpoint.config().outputs();
  }

  /**
   * Refuses what only a language model can do.
   *
   * @throws InvalidRequestException if this is a classifier
   */
  void checkIsLanguageModel() {
    if (checkpoint.config().labels() > 0) {
      throw new InvalidRequestException(
          "model",
          checkpoint.config().name(),
          "it has a classifier head: it scores texts and writes none",
          "Choose a language model.");
    }
  }

  KvShape kvShape() {
    return kv;
  }

  void checkIds(String field, TokenIds ids) {
    text.checkIds(field, ids);
  }

  TokenIds endTokens() {
    return text.endTokens();
  }

  PromptText text() {
    return text;
  }

  TokenText answerTo(Prompt prompt) {
    return text.answerTo(prompt);
  }

  /** Rows of one sequence in blocks 0, 1, 2 …, with the logits of each. */
  private Step wholeChunk(TokenIds prompt, int start, int count, int adapter) {
    int[] tokenIds = IntStream.range(start, start + count).map(prompt::get).toArray();
    int[] blocks = IntStream.range(0, kv.blocks()).toArray();
    Slice slice = new Slice(0, count, start, blocks, adapter).ofSequence(prompt.size());
    return new Step(tokenIds, List.of(slice), IntStream.range(0, count).toArray());
  }
}
