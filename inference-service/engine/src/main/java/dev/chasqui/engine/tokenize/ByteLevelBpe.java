package dev.chasqui.engine.tokenize;

import dev.chasqui.engine.checkpoint.ByteAlphabet;
import dev.chasqui.engine.checkpoint.Vocabulary;
import java.nio.charset.StandardCharsets;
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
   * @param idByPiece the ordinary pieces in the byte alphabet; not changed from here on
   * @param vocabulary has the merges, and the rule that cuts text into words
   */
  ByteLevelBpe(Map<String, Integer> idByPiece, Vocabulary vocabulary) {
    this.idByPiece = idByPiece;
    this.preTokenizer = PreTokenizer.of(vocabulary);
    for (int rank = 0; rank < vocabulary.merges().size(); rank++) {
      addMerge(MergeLine.of(vocabulary, rank));
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

  @Override
  public PieceEncoder continuing() {
    return this;
  }

  private void encodeWord(String word, SymbolChain symbols, IdBuffer ids) {
    byte[] bytes = word.getBytes(StandardCharsets.UTF_8);
    if (preTokenizer.wholeWords() && bytes.length <= longestPiece) {
      Integer whole = idByPiece.get(ByteAlphabet.encode(bytes));
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

  private void addMerge(MergeLine line) {
    merges.put(
        line.idIn(idByPiece, line.left()),
        line.idIn(idByPiece, line.right()),
        line.rank(),
        line.idIn(idByPiece, line.joined()));
  }
}
