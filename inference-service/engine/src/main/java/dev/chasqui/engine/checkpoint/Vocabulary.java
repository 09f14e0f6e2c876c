package dev.chasqui.engine.checkpoint;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;

/**
 * The raw definition of a tokenizer, as the checkpoint holds it.
 *
 * @param kind how text becomes pieces
 * @param preTokenizer name of the rule that splits text before merging, for example {@code
 *     llama-bpe} or {@code smollm}; {@code default} where none is named
 * @param pieces the pieces by token id: SentencePiece pieces with U+2581 for a space, or byte-level
 *     strings of GPT-2's byte alphabet
 * @param scores SentencePiece scores by token id; empty for byte-level BPE
 * @param types what each token id is
 * @param merges merges, best rank first, two pieces with a space between; empty where scores
 *     decide, as in SentencePiece's own files
 * @param special the token ids with a role
 * @param addBos whether a prompt begins with the beginning-of-text token
 * @param addEos whether a prompt ends with the end-of-text token
 * @param addSpacePrefix whether SentencePiece puts a space before the text
 * @param source where it was read, for messages
 */
public record Vocabulary(
    Kind kind,
    String preTokenizer,
    List<String> pieces,
    float[] scores,
    List<PieceType> types,
    List<String> merges,
    SpecialTokens special,
    boolean addBos,
    boolean addEos,
    boolean addSpacePrefix,
    VocabularySource source) {

  /** How text becomes pieces. */
  public enum Kind {
    /** SentencePiece BPE: best score first, bytes where no piece fits (Llama 1 and 2). */
    SENTENCEPIECE_BPE,
    /** Byte-level BPE: lowest merge rank first (Llama 3, SmolLM2). */
    BYTE_LEVEL_BPE
  }

  /** What a token id is. */
  public enum PieceType {
    /** Text. */
    NORMAL,
    /** Stands for what cannot be encoded. */
    UNKNOWN,
    /** Controls the model; never comes from user text. */
    CONTROL,
    /** Text that is never split; comes from scaffold text only. */
    USER_DEFINED,
    /** Never used. */
    UNUSED,
    /** One byte, written {@code <0xHH>}. */
    BYTE
  }

  /**
   * Token ids with a role, where the checkpoint names them.
   *
   * @param beginOfText begins a prompt
   * @param endOfText ends an answer
   * @param endOfTurn ends an answer of a chat
   * @param endOfMessage ends a message that calls a tool
   * @param unknown stands for what cannot be encoded
   * @param padding fills up
   */
  public record SpecialTokens(
      OptionalInt beginOfText,
      OptionalInt endOfText,
      OptionalInt endOfTurn,
      OptionalInt endOfMessage,
      OptionalInt unknown,
      OptionalInt padding) {

    private SpecialTokens below(int size) {
      return new SpecialTokens(
          below(beginOfText, size),
          below(endOfText, size),
          below(endOfTurn, size),
          below(endOfMessage, size),
          below(unknown, size),
          below(padding, size));
    }

    private static OptionalInt below(OptionalInt id, int size) {
      return id.isPresent() && id.getAsInt() < size ? id : OptionalInt.empty();
    }
  }

  /** Copies the lists and checks that their lengths agree. */
  public Vocabulary {
    pieces = List.copyOf(pieces);
    types = List.copyOf(types);
    merges = List.copyOf(merges);
    scores = scores.clone();
    if (types.size() != pieces.size()) {
      throw new IllegalArgumentException(
          "%d pieces have %d types".formatted(pieces.size(), types.size()));
    }
    if (kind == Kind.SENTENCEPIECE_BPE && scores.length != pieces.size()) {
      throw new IllegalArgumentException(
          "%d pieces have %d scores".formatted(pieces.size(), scores.length));
    }
  }

  /**
   * Returns this vocabulary for a model of another number of token ids: ids that have no piece are
   * unused, control pieces behind the last id are dropped.
   *
   * @param size token ids of the model
   * @return the vocabulary of that size
   * @throws dev.chasqui.engine.api.CheckpointException if pieces of text lie behind the last id
   */
  Vocabulary ofSize(int size) {
    if (size == size()) {
      return this;
    }
    List<String> sizedPieces = sized(pieces, size, "");
    List<PieceType> sizedTypes = sized(types, size, PieceType.UNUSED);
    for (int id = size; id < size(); id++) {
      if (types.get(id) == PieceType.NORMAL || types.get(id) == PieceType.BYTE) {
        throw source.fault(
            VocabularySource.Table.PIECES,
            "a tokenizer of %d pieces".formatted(id + 1),
            "at most the %d token ids of the model".formatted(size));
      }
    }
    return new Vocabulary(
        kind,
        preTokenizer,
        sizedPieces,
        kind == Kind.SENTENCEPIECE_BPE ? Arrays.copyOf(scores, size) : scores,
        sizedTypes,
        merges,
        special.below(size),
        addBos,
        addEos,
        addSpacePrefix,
        source);
  }

  private static <T> List<T> sized(List<T> list, int size, T absent) {
    List<T> sized = new ArrayList<>(list.subList(0, Math.min(size, list.size())));
    sized.addAll(Collections.nCopies(size - sized.size(), absent));
    return sized;
  }

  /** Returns the number of token ids. */
  public int size() {
    return pieces.size();
  }

  /** Returns a copy of the scores. */
  @Override
  public float[] scores() {
    return scores.clone();
  }
}
