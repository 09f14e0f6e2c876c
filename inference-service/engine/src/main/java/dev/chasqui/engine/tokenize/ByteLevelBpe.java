package dev.chasqui.engine.tokenize;

import dev.chasqui.engine.api.CheckpointException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * BPE over the bytes of each word, as of GPT-2, Llama 3 and SmolLM2.
 *
 * <p>A byte that no piece stands for is left out, as Hugging Face and llama.cpp do.
 */
final class ByteLevelBpe implements PieceEncoder {

  private final Map<String, Integer> idByPiece;
  private final PreTokenizer preTokenizer;
  private final MergeTable merges = new MergeTable();
  private final int[] byteIds = new int[256];
  private final int longestPiece;

  /**
   * Prepares the tables.
   *
   * @param idByPiece the ordinary pieces in the byte alphabet
   * @param mergeLines pairs of pieces with a space between, best rank first
   * @param preTokenizer cuts text into words
   */
  ByteLevelBpe(Map<String, Integer> idByPiece, List<String> mergeLines, PreTokenizer preTokenizer) {
    this.idByPiece = Map.copyOf(idByPiece);
    this.preTokenizer = preTokenizer;
    for (int rank = 0; rank < mergeLines.size(); rank++) {
      addMerge(mergeLines.get(rank), rank);
    }
    for (int value = 0; value < byteIds.length; value++) {
      String piece = String.valueOf(ByteAlphabet.character((byte) value));
      byteIds[value] = idByPiece.getOrDefault(piece, -1);
    }
    this.longestPiece = idByPiece.keySet().stream().mapToInt(String::length).max().orElse(0);
  }

  @Override
  public void encode(String text, IdBuffer ids) {
    SymbolChain symbols = new SymbolChain(merges);
    preTokenizer.split(text, (start, end) -> encodeWord(text.substring(start, end), symbols, ids));
  }

  private void encodeWord(String word, SymbolChain symbols, IdBuffer ids) {
    byte[] bytes = word.getBytes(StandardCharsets.UTF_8);
    if (preTokenizer.wholeWords() && bytes.length <= longestPiece) {
      Integer whole = idByPiece.get(spelled(bytes));
      if (whole != null) {
        ids.add(whole);
        return;
      }
    }
    symbols.clear();
    for (byte value : bytes) {
      symbols.add(byteIds[value & 0xff]);
    }
    symbols.merge();
    for (int at = symbols.first(); at != SymbolChain.END; at = symbols.after(at)) {
      if (symbols.id(at) >= 0) {
        ids.add(symbols.id(at));
      }
    }
  }

  private static String spelled(byte[] bytes) {
    char[] spelled = new char[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      spelled[i] = ByteAlphabet.character(bytes[i]);
    }
    return new String(spelled);
  }

  private void addMerge(String line, int rank) {
    int space = line.indexOf(' ', 1);
    if (space < 0) {
      throw new CheckpointException(
          "tokenizer merge %d is '%s': expected two pieces with a space between"
              .formatted(rank, line));
    }
    String left = line.substring(0, space);
    String right = line.substring(space + 1);
    merges.put(
        idOf(left, line, rank), idOf(right, line, rank), rank, idOf(left + right, line, rank));
  }

  private int idOf(String piece, String line, int rank) {
    Integer id = idByPiece.get(piece);
    if (id == null) {
      throw new CheckpointException(
          "tokenizer merge %d is '%s': '%s' is not an ordinary piece of the vocabulary"
              .formatted(rank, line, piece));
    }
    return id;
  }
}
