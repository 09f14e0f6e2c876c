package dev.chasqui.engine.checkpoint;

import dev.chasqui.engine.api.CheckpointException;
import dev.chasqui.engine.checkpoint.Vocabulary.Kind;
import dev.chasqui.engine.checkpoint.Vocabulary.PieceType;
import dev.chasqui.engine.checkpoint.VocabularySource.Table;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * Reads Hugging Face's {@code tokenizer.json}: BPE models, byte-level or with byte fallback
 * (huggingface/tokenizers).
 */
final class TokenizerJson {

  private static final int MOST_PIECES = 10_000_000;

  /** Ids that no piece has: some tokenizers leave a few out. */
  private static final int MOST_GAPS = 65_536;

  private final Path file;
  private final Json json;
  private final Json model;
  private final TokenizerRules rules;
  private final List<String> pieces;
  private final List<PieceType> types;

  private TokenizerJson(Path file, Json json) {
    this.file = file;
    this.json = json;
    this.model = json.get("model");
    this.rules = new TokenizerRules(file, json);
    int size = size();
    this.pieces = new ArrayList<>(Collections.nCopies(size, ""));
    this.types = new ArrayList<>(Collections.nCopies(size, PieceType.UNUSED));
  }

  static Vocabulary read(Path file) {
    return new TokenizerJson(file, JsonFile.read(file)).vocabulary();
  }

  private Vocabulary vocabulary() {
    Kind kind = rules.kind();
    addPieces(kind);
    addTokens();
    SpecialTokenNames names = SpecialTokenNames.beside(file, json);
    float[] scores = new float[kind == Kind.SENTENCEPIECE_BPE ? pieces.size() : 0];
    return new Vocabulary(
        kind,
        rules.preTokenizer(),
        pieces,
        scores,
        types,
        merges(),
        names.in(pieces),
        names.addsBos(),
        false,
        rules.addsSpacePrefix(),
        source());
  }

  private VocabularySource source() {
    return new VocabularySource(
        file,
        Map.of(
            Table.PIECES, model.get("vocab").at(),
            Table.TYPES, model.get("vocab").at(),
            Table.MERGES, model.get("merges").at(),
            Table.RULE, json.get("pre_tokenizer").at()));
  }

  private Map<String, Json> vocab() {
    Json type = model.get("type");
    if (!type.text().orElse("BPE").equals("BPE")) {
      throw damaged(type, "the model type " + type.shown(), "BPE");
    }
    Json vocab = model.get("vocab");
    if (vocab instanceof Json.Members members) {
      return members.byName();
    }
    throw damaged(vocab, "model.vocab = " + vocab.shown(), "an object of pieces and ids");
  }

  private int size() {
    Json tokens = json.get("added_tokens");
    int largest = vocab().values().stream().mapToInt(this::id).max().orElse(-1);
    for (Json token : tokens.elements()) {
      largest = Math.max(largest, id(token.get("id")));
    }
    int pieces = vocab().size() + tokens.elements().size();
    if (largest >= pieces + MOST_GAPS) {
      throw damaged(
          model.get("vocab"),
          "%d as the largest id of %d pieces".formatted(largest, pieces),
          "at most " + MOST_GAPS + " ids without a piece");
    }
    return largest + 1;
  }

  private int id(Json id) {
    if (id instanceof Json.Number number
        && number.value() >= 0
        && number.value() < MOST_PIECES
        && number.value() == Math.rint(number.value())) {
      return (int) number.value();
    }
    throw damaged(id, "the id " + id.shown(), "a whole number below " + MOST_PIECES);
  }

  private void addPieces(Kind kind) {
    boolean bytes = kind == Kind.SENTENCEPIECE_BPE;
    vocab()
        .forEach((piece, json) -> {
          int id = id(json);
          pieces.set(id, piece);
          types.set(id, bytes && isByte(piece) ? PieceType.BYTE : PieceType.NORMAL);
        });
    model
        .get("unk_token")
        .text()
        .map(pieces::indexOf)
        .filter(id -> id >= 0)
        .ifPresent(id -> types.set(id, PieceType.UNKNOWN));
  }

  private static boolean isByte(String piece) {
    return piece.length() == 6 && piece.matches("<0x[0-9A-Fa-f]{2}>");
  }

  private void addTokens() {
    for (Json token : json.get("added_tokens").elements()) {
      int id = id(token.get("id"));
      pieces.set(id, token.get("content").text().orElse(""));
      types.set(id, token.get("special").isTrue() ? PieceType.CONTROL : PieceType.USER_DEFINED);
    }
  }

  /** Merges are written as {@code "a b"}, or since 2024 as {@code ["a", "b"]}. */
  private List<String> merges() {
    List<String> merges = new ArrayList<>();
    for (Json merge : model.get("merges").elements()) {
      List<String> parts =
          merge
              .text()
              .map(line -> Arrays.asList(line.split(" ", -1)))
              .orElseGet(() -> texts(merge));
      if (parts.size() != 2) {
        throw damaged(merge, "merge %d %s".formatted(merges.size(), merge.shown()), "two pieces");
      }
      merges.add(parts.getFirst() + " " + parts.getLast());
    }
    return merges;
  }

  private static List<String> texts(Json array) {
    return array.elements().stream().flatMap(element -> element.text().stream()).toList();
  }

  private CheckpointException damaged(Json place, String found, String expected) {
    return CheckpointException.at(file, place.at(), found, expected);
  }
}
