package dev.chasqui.engine.tokenize;

import dev.chasqui.engine.checkpoint.Vocabulary;
import dev.chasqui.engine.checkpoint.VocabularySource.Table;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * SentencePiece's BPE, as of Llama 1 and 2: neighbours merge into the piece of the best score, and
 * characters of no piece fall back to bytes (google/sentencepiece, src/bpe_model.cc).
 */
final class SentencePieceBpe implements PieceEncoder {

  private static final char SPACE = '\u2581';

  /** Far beyond real ones; finding the merges of a piece takes the square of its length. */
  private static final int LONGEST_PIECE = 1024;

  private final Map<Integer, Integer> idByCharacter;
  private final MergeTable merges;
  private final int vocabularySize;
  private final SpacePrefix spacePrefix;
  private final int[] byteIds;
  private final int unknownId;

  /** What comes before a text. */
  enum SpacePrefix {
    /** A space: a word has one id wherever it stands. */
    ADDED,
    /** Nothing. */
    NONE;

    String before(String text) {
      return this == ADDED ? " " + text : text;
    }
  }

  /**
   * The ids for what no piece stands for.
   *
   * @param byteIds ids of the 256 byte pieces; below 0 where there is none
   * @param unknownId the id for the rest; below 0 to leave it out
   */
  record Fallback(int[] byteIds, int unknownId) {}

  /**
   * Prepares the tables.
   *
   * @param idByPiece the ordinary pieces, with U+2581 for a space
   * @param vocabulary says what merges first: the first of its merges that fits, as Hugging Face
   *     writes it, or the piece of the best score, as SentencePiece itself does
   * @param fallback ids for what no piece stands for
   * @param spacePrefix what comes before a text
   */
  SentencePieceBpe(
      Map<String, Integer> idByPiece,
      Vocabulary vocabulary,
      Fallback fallback,
      SpacePrefix spacePrefix) {
    this.idByCharacter = new HashMap<>();
    this.merges = new MergeTable();
    this.vocabularySize = vocabulary.size();
    this.spacePrefix = spacePrefix;
    this.byteIds = fallback.byteIds().clone();
    this.unknownId = fallback.unknownId();
    idByPiece.keySet().forEach(piece -> addCharacters(piece, idByPiece));
    if (vocabulary.merges().isEmpty()) {
      addScored(vocabulary, idByPiece);
    } else {
      addListed(vocabulary, idByPiece);
    }
  }

  private SentencePieceBpe(SentencePieceBpe tables, SpacePrefix spacePrefix) {
    this.idByCharacter = tables.idByCharacter;
    this.merges = tables.merges;
    this.vocabularySize = tables.vocabularySize;
    this.spacePrefix = spacePrefix;
    this.byteIds = tables.byteIds;
    this.unknownId = tables.unknownId;
  }

  @Override
  public PieceEncoder continuing() {
    return new SentencePieceBpe(this, SpacePrefix.NONE);
  }

  @Override
  public void encode(String text, IdBuffer ids) {
    int[] characters = spacePrefix.before(text).replace(' ', SPACE).codePoints().toArray();
    SymbolChain symbols = new SymbolChain(merges);
    for (int character : characters) {
      symbols.add(idByCharacter.getOrDefault(character, -1));
    }
    symbols.merge();
    for (int at = symbols.first(); at != SymbolChain.END; at = symbols.after(at)) {
      int id = symbols.id(at);
      if (id >= 0 && id < vocabularySize) {
        ids.add(id);
      } else {
        addFallback(characters[at], ids);
      }
    }
  }

  /** Gives a number beyond the vocabulary to characters that occur in pieces but are none. */
  private void addCharacters(String piece, Map<String, Integer> idByPiece) {
    piece
        .codePoints()
        .forEach(character -> {
          Integer own = idByPiece.get(Character.toString(character));
          idByCharacter.putIfAbsent(
              character, own == null ? vocabularySize + idByCharacter.size() : own);
        });
  }

  private void addScored(Vocabulary vocabulary, Map<String, Integer> idByPiece) {
    float[] scores = vocabulary.scores();
    float[] ranked = scores.clone();
    Arrays.sort(ranked);
    idByPiece.forEach((piece, id) -> {
      checkLength(vocabulary, piece, id);
      addMerges(piece, id, rankOf(scores[id], ranked), idByPiece);
    });
  }

  private void addListed(Vocabulary vocabulary, Map<String, Integer> idByPiece) {
    for (int rank = 0; rank < vocabulary.merges().size(); rank++) {
      MergeLine line = MergeLine.of(vocabulary, rank);
      int result = line.idIn(idByPiece, line.joined());
      merges.put(symbol(line.left(), idByPiece), symbol(line.right(), idByPiece), rank, result);
    }
  }

  private void addMerges(String piece, int id, int rank, Map<String, Integer> idByPiece) {
    int cut = piece.offsetByCodePoints(0, piece.isEmpty() ? 0 : 1);
    while (cut < piece.length()) {
      int left = symbol(piece.substring(0, cut), idByPiece);
      int right = symbol(piece.substring(cut), idByPiece);
      if (left >= 0 && right >= 0) {
        merges.put(left, right, rank, id);
      }
      cut = piece.offsetByCodePoints(cut, 1);
    }
  }

  private int symbol(String part, Map<String, Integer> idByPiece) {
    boolean single = part.codePointCount(0, part.length()) == 1;
    return single ? idByCharacter.get(part.codePointAt(0)) : idByPiece.getOrDefault(part, -1);
  }

  private static void checkLength(Vocabulary vocabulary, String piece, int id) {
    if (piece.length() > LONGEST_PIECE) {
      throw vocabulary
          .source()
          .fault(
              Table.PIECES,
              "piece %d of %d characters".formatted(id, piece.length()),
              "at most " + LONGEST_PIECE);
    }
  }

  /** Returns how many scores are better: equal scores have equal ranks. */
  private static int rankOf(float score, float[] ascending) {
    int low = 0;
    int high = ascending.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (ascending[middle] > score) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return ascending.length - low;
  }

  private void addFallback(int character, IdBuffer ids) {
    byte[] bytes = Character.toString(character).getBytes(StandardCharsets.UTF_8);
    for (byte value : bytes) {
      int id = byteIds[value & 0xff];
      if (id < 0) {
        addUnknown(ids);
        return;
      }
      ids.add(id);
    }
  }

  private void addUnknown(IdBuffer ids) {
    if (unknownId >= 0) {
      ids.add(unknownId);
    }
  }
}
