package dev.chasqui.engine.tokenize;

import dev.chasqui.engine.checkpoint.ByteAlphabet;
import dev.chasqui.engine.checkpoint.Vocabulary;
import dev.chasqui.engine.checkpoint.Vocabulary.Kind;
import dev.chasqui.engine.checkpoint.Vocabulary.PieceType;
import dev.chasqui.engine.checkpoint.VocabularySource.Table;
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
    checkRoles();
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
      case BYTE_LEVEL_BPE -> new ByteLevelBpe(ordinaryPieces(), vocabulary);
      case SENTENCEPIECE_BPE ->
          new SentencePieceBpe(
              ordinaryPieces(),
              vocabulary,
              new Fallback(byteIds(), vocabulary.special().unknown().orElse(-1)),
              addsSpacePrefix() ? SpacePrefix.ADDED : SpacePrefix.NONE);
    };
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

  private int byteValue(String piece, int id) {
    Matcher matcher = BYTE.matcher(piece);
    if (!matcher.matches()) {
      String found = "piece %d '%s' of type byte".formatted(id, piece);
      throw vocabulary.source().fault(Table.TYPES, found, "<0xHH>");
    }
    return Integer.parseInt(matcher.group(1), 16);
  }

  private void checkRoles() {
    Vocabulary.SpecialTokens special = vocabulary.special();
    checkRole("beginning of text", special.beginOfText());
    checkRole("end of text", special.endOfText());
    checkRole("end of turn", special.endOfTurn());
    checkRole("end of message", special.endOfMessage());
    checkRole("unknown", special.unknown());
    checkRole("padding", special.padding());
  }

  private void checkRole(String role, OptionalInt id) {
    if (id.isPresent() && (id.getAsInt() < 0 || id.getAsInt() >= vocabulary.size())) {
      throw vocabulary
          .source()
          .fault(
              Table.PIECES,
              "%d as the %s token".formatted(id.getAsInt(), role),
              "an id of its %d pieces".formatted(vocabulary.size()));
    }
  }
}
