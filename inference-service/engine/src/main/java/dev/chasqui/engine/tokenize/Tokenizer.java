package dev.chasqui.engine.tokenize;

import dev.chasqui.engine.api.MarkedText;
import dev.chasqui.engine.api.TokenIds;
import dev.chasqui.engine.checkpoint.Vocabulary;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;

/**
 * Text to token ids and back, for one vocabulary.
 *
 * <p>Special tokens come out of {@link MarkedText.Origin#SCAFFOLD} characters only; what lies
 * between two of them is encoded in one piece, whoever wrote which part of it. Never changes, and
 * serves any number of threads.
 */
public final class Tokenizer {

  /** Control tokens that end an answer or a turn in some model of the family, by their text. */
  private static final List<String> END_TOKENS =
      List.of(
          "<|eot_id|>",
          "<|eom_id|>",
          "<|end_of_text|>",
          "<|im_end|>",
          "<|endoftext|>",
          "</s>",
          "\u2581<EOT>",
          "<EOT>");

  private final SpecialPieces specials;
  private final PieceEncoder encoder;
  private final byte[][] bytes;
  private final OptionalInt beginOfText;
  private final OptionalInt endOfText;
  private final boolean addBos;
  private final boolean addsSpacePrefix;
  private final List<String> pieces;
  private final TokenIds endTokens;

  private Tokenizer(Vocabulary vocabulary) {
    VocabularyTables tables = new VocabularyTables(vocabulary);
    this.specials = tables.specials();
    this.encoder = tables.encoder();
    this.bytes = tables.bytes();
    this.beginOfText = vocabulary.special().beginOfText();
    this.endOfText = vocabulary.special().endOfText();
    this.addBos = vocabulary.addBos();
    this.addsSpacePrefix = tables.addsSpacePrefix();
    this.pieces = vocabulary.pieces();
    this.endTokens = endTokens(vocabulary.special());
  }

  /**
   * Prepares a tokenizer.
   *
   * @param vocabulary its definition
   * @return the tokenizer
   * @throws dev.chasqui.engine.api.CheckpointException if the definition contradicts itself or
   *     names a pre-tokenizer that is not known
   */
  public static Tokenizer of(Vocabulary vocabulary) {
    return new Tokenizer(vocabulary);
  }

  /**
   * Encodes a text without putting anything before it.
   *
   * @param marked the text with its origins; unpaired surrogates count as U+FFFD
   * @return the ids; control tokens only where a scaffold holds their text
   */
  public TokenIds encode(MarkedText marked) {
    return encode(marked, encoder);
  }

  private TokenIds encode(MarkedText marked, PieceEncoder first) {
    PieceEncoder plain = first;
    MarkedString text = MarkedString.of(marked);
    IdBuffer ids = new IdBuffer();
    int plainStart = 0;
    int position = 0;
    while (position < text.text().length()) {
      Optional<SpecialPieces.Special> special = specials.longestAt(text, position);
      if (special.isEmpty()) {
        position++;
        continue;
      }
      encodePlain(text.text().substring(plainStart, position), plain, ids);
      plain = encoder;
      ids.add(special.get().id());
      position += special.get().text().length();
      plainStart = position;
    }
    encodePlain(text.text().substring(plainStart), plain, ids);
    return ids.toTokenIds();
  }

  /**
   * Encodes a text that goes on in the middle of another one: where SentencePiece would put a space
   * before it, it does not.
   *
   * @param marked the text with its origins; unpaired surrogates count as U+FFFD
   * @return the ids; control tokens only where a scaffold holds their text
   */
  public TokenIds encodeContinuation(MarkedText marked) {
    return encode(marked, encoder.continuing());
  }

  /**
   * Encodes a prompt: the beginning-of-text token comes first where the vocabulary says so, unless
   * the text has it already, as most chat templates do. An end-of-text token is never added: a
   * prompt is to be continued.
   *
   * @param marked the text with its origins
   * @return the ids
   */
  public TokenIds encodePrompt(MarkedText marked) {
    TokenIds ids = encode(marked);
    if (!addBos || beginOfText.isEmpty()) {
      return ids;
    }
    int bos = beginOfText.getAsInt();
    boolean present = ids.stream().anyMatch(id -> id == bos);
    return present ? ids : TokenIds.of(bos).plus(ids);
  }

  /**
   * Returns the UTF-8 bytes that a token adds to a text; half a character, it may be.
   *
   * @param tokenId the token
   * @return a copy; empty for control tokens
   * @throws IllegalArgumentException if there is no such token
   */
  public byte[] bytes(int tokenId) {
    return pieceBytes(tokenId).clone();
  }

  /**
   * Decodes a whole text.
   *
   * @param tokenIds its tokens; control tokens have no text
   * @return the text, in which bytes that are no UTF-8 have become U+FFFD
   * @throws IllegalArgumentException if there is no such token
   */
  public String decode(TokenIds tokenIds) {
    StringBuilder text = new StringBuilder();
    TokenText tokenText = TokenText.standingAlone(this);
    tokenIds.stream().forEach(id -> text.append(tokenText.accept(id)));
    return text.append(tokenText.finish()).toString();
  }

  /**
   * Decodes a whole text with its control tokens spelled out, for people to look at.
   *
   * @param tokenIds its tokens
   * @return the text
   * @throws IllegalArgumentException if there is no such token
   */
  public String spell(TokenIds tokenIds) {
    StringBuilder text = new StringBuilder();
    TokenText tokenText = TokenText.standingAlone(this);
    tokenIds.stream()
        .forEach(id ->
            text.append(
                isControl(id)
                    ? tokenText.accept(pieces.get(id).getBytes(StandardCharsets.UTF_8))
                    : tokenText.accept(id)));
    return text.append(tokenText.finish()).toString();
  }

  /**
   * Returns whether a token controls the model: it never comes out of user text, and has no text.
   *
   * @param tokenId the token
   * @return whether it does
   */
  public boolean isControl(int tokenId) {
    return specials.isControl(tokenId);
  }

  /** Returns the tokens that end an answer: of a text, a turn or a message. */
  public TokenIds endTokens() {
    return endTokens;
  }

  /**
   * Looks a control token up.
   *
   * @param text for example {@code <|eot_id|>}
   * @return its id, if the vocabulary has it
   */
  public OptionalInt controlToken(String text) {
    Integer id = specials.controlIds().get(text);
    return id == null ? OptionalInt.empty() : OptionalInt.of(id);
  }

  /** Returns the texts of all control tokens. */
  public Set<String> controlTokens() {
    return Set.copyOf(specials.controlIds().keySet());
  }

  /** Returns the beginning-of-text token as chat templates write it; empty without one. */
  public String beginOfText() {
    return spelled(beginOfText);
  }

  /** Returns the end-of-text token as chat templates write it; empty without one. */
  public String endOfText() {
    return spelled(endOfText);
  }

  /** Returns the number of token ids. */
  public int vocabularySize() {
    return bytes.length;
  }

  boolean addsSpacePrefix() {
    return addsSpacePrefix;
  }

  /** Returns what {@link #bytes} does, without copying. */
  byte[] pieceBytes(int tokenId) {
    if (tokenId < 0 || tokenId >= bytes.length) {
      throw new IllegalArgumentException(
          "token id %d is not in the vocabulary of %d".formatted(tokenId, bytes.length));
    }
    return bytes[tokenId];
  }

  private static void encodePlain(String text, PieceEncoder plain, IdBuffer ids) {
    if (!text.isEmpty()) {
      plain.encode(text, ids);
    }
  }

  private String spelled(OptionalInt id) {
    return id.isPresent() ? pieces.get(id.getAsInt()) : "";
  }

  private TokenIds endTokens(Vocabulary.SpecialTokens special) {
    Set<Integer> ends = new TreeSet<>();
    special.endOfText().ifPresent(ends::add);
    special.endOfTurn().ifPresent(ends::add);
    special.endOfMessage().ifPresent(ends::add);
    Map<String, Integer> controlIds = specials.controlIds();
    END_TOKENS.stream().filter(controlIds::containsKey).map(controlIds::get).forEach(ends::add);
    return TokenIds.of(ends.stream().mapToInt(Integer::intValue).toArray());
  }
}
