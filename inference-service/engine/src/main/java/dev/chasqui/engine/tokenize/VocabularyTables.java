package dev.chasqui.engine.tokenize;

import dev.chasqui.engine.api.CheckpointException;
import dev.chasqui.engine.checkpoint.ByteAlphabet;
import dev.chasqui.engine.checkpoint.Vocabulary;
import dev.chasqui.engine.checkpoint.Vocabulary.Kind;
import dev.chasqui.engine.checkpoint.Vocabulary.PieceType;
import dev.chasqui.engine.tokenize.SentencePieceBpe.Fallback;
import dev.chasqui.engine.tokenize.SentencePieceBpe.SpacePrefix;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Makes the parts of a tokenizer out of the raw definition of a vocabulary. */
final class VocabularyTables {

  private static final Pattern BYTE = Pattern.compile("<0x([0-9A-Fa-f]{2})>");
  private static final byte[] NO_TEXT = {};

  private final Vocabulary vocabulary;
  private final SpecialPieces specials;

  VocabularyTables(Vocabulary vocabulary) {
    this.vocabulary = vocabulary;
    checkRoles(vocabulary);
    this.specials = new SpecialPieces(vocabulary);
  }

  SpecialPieces specials() {
    return specials;
  }

  boolean addsSpacePrefix() {
    return vocabulary.kind() == Kind.SENTENCEPIECE_BPE && vocabulary.addSpacePrefix();
  }

  PieceEncoder encoder() {
    return switch (vocabulary.kind()) {
      case BYTE_LEVEL_BPE ->
          new ByteLevelBpe(
              ordinaryPieces(), vocabulary.merges(), PreTokenizer.named(vocabulary.preTokenizer()));
      case SENTENCEPIECE_BPE ->
          new SentencePieceBpe(
              ordinaryPieces(),
              order(),
              new Fallback(byteIds(), vocabulary.special().unknown().orElse(-1)),
              addsSpacePrefix() ? SpacePrefix.ADDED : SpacePrefix.NONE);
    };
  }

  private SentencePieceBpe.Order order() {
    return vocabulary.merges().isEmpty()
        ? new SentencePieceBpe.Scores(vocabulary.scores())
        : new SentencePieceBpe.Merges(vocabulary.merges(), vocabulary.size());
  }

  /** Returns what each token adds to a text. */
  byte[][] bytes() {
    byte[][] bytes = new byte[vocabulary.size()][];
    for (int id = 0; id < bytes.length; id++) {
      bytes[id] = specials.isControl(id) ? NO_TEXT : bytes(id);
    }
    return bytes;
  }

  private byte[] bytes(int id) {
    String piece = vocabulary.pieces().get(id);
    if (vocabulary.types().get(id) == PieceType.BYTE) {
      return new byte[] {(byte) byteValue(piece, id)};
    }
    return switch (vocabulary.kind()) {
      case BYTE_LEVEL_BPE ->
          specials.isSpecial(id)
              ? piece.getBytes(StandardCharsets.UTF_8)
              : ByteAlphabet.decode(piece);
      case SENTENCEPIECE_BPE -> piece.replace('\u2581', ' ').getBytes(StandardCharsets.UTF_8);
    };
  }

  private Map<String, Integer> ordinaryPieces() {
    Map<String, Integer> idByPiece = HashMap.newHashMap(vocabulary.size());
    for (int id = 0; id < vocabulary.size(); id++) {
      if (vocabulary.types().get(id) == PieceType.NORMAL && !specials.isSpecial(id)) {
        idByPiece.putIfAbsent(vocabulary.pieces().get(id), id);
      }
    }
    return idByPiece;
  }

  private int[] byteIds() {
    int[] byteIds = new int[256];
    Arrays.fill(byteIds, -1);
    for (int id = 0; id < vocabulary.size(); id++) {
      if (vocabulary.types().get(id) == PieceType.BYTE) {
        byteIds[byteValue(vocabulary.pieces().get(id), id)] = id;
      }
    }
    return byteIds;
  }

  private static int byteValue(String piece, int id) {
    Matcher matcher = BYTE.matcher(piece);
    if (!matcher.matches()) {
      throw new CheckpointException(
          "tokenizer piece %d is '%s' and of type byte: expected <0xHH>".formatted(id, piece));
    }
    return Integer.parseInt(matcher.group(1), 16);
  }

  private static void checkRoles(Vocabulary vocabulary) {
    Vocabulary.SpecialTokens special = vocabulary.special();
    checkRole("beginning of text", special.beginOfText(), vocabulary.size());
    checkRole("end of text", special.endOfText(), vocabulary.size());
    checkRole("end of turn", special.endOfTurn(), vocabulary.size());
    checkRole("end of message", special.endOfMessage(), vocabulary.size());
    checkRole("unknown", special.unknown(), vocabulary.size());
    checkRole("padding", special.padding(), vocabulary.size());
  }

  private static void checkRole(String role, OptionalInt id, int size) {
    if (id.isPresent() && (id.getAsInt() < 0 || id.getAsInt() >= size)) {
      throw new CheckpointException(
          "tokenizer names %d as its %s token, but has %d pieces"
              .formatted(id.getAsInt(), role, size));
    }
  }
}
