package dev.chasqui.engine.checkpoint;

import dev.chasqui.engine.api.CheckpointException;
import dev.chasqui.engine.checkpoint.Vocabulary.Kind;
import dev.chasqui.engine.checkpoint.Vocabulary.PieceType;
import dev.chasqui.engine.checkpoint.Vocabulary.SpecialTokens;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * Reads Meta's {@code tokenizer.model} of Llama 3: a line for each piece, its bytes in base64 and
 * its rank. Special tokens are not in the file: their names are those of Llama 3.1 and later
 * (meta-llama/llama-models, tokenizer.py), 256 of them behind the pieces.
 */
final class TiktokenFile {

  private static final int SPECIAL_TOKENS = 256;

  /** In base64; far beyond real ones. Finding merges takes the square of a piece's length. */
  private static final int LONGEST_PIECE = 1024;

  private static final List<String> NAMED =
      List.of(
          "<|begin_of_text|>",
          "<|end_of_text|>",
          "<|reserved_special_token_0|>",
          "<|reserved_special_token_1|>",
          "<|finetune_right_pad_id|>",
          "<|reserved_special_token_2|>",
          "<|start_header_id|>",
          "<|end_header_id|>",
          "<|eom_id|>",
          "<|eot_id|>",
          "<|python_tag|>");

  private final Path file;
  private final List<String> pieces = new ArrayList<>();

  private TiktokenFile(Path file) {
    this.file = file;
  }

  static Vocabulary read(Path file) {
    TiktokenFile tiktoken = new TiktokenFile(file);
    tiktoken.lines(new String(SmallFiles.bytes(file), StandardCharsets.ISO_8859_1));
    return tiktoken.vocabulary();
  }

  private void lines(String text) {
    int end;
    for (int start = 0; start < text.length(); start = end + 1) {
      int newline = text.indexOf('\n', start);
      end = newline < 0 ? text.length() : newline;
      String line = text.substring(start, end).stripTrailing();
      if (!line.isEmpty()) {
        piece(line, start);
      }
    }
  }

  private void piece(String line, int start) {
    int space = line.indexOf(' ');
    String rank = String.valueOf(pieces.size());
    if (space < 0 || space > LONGEST_PIECE || !line.substring(space + 1).equals(rank)) {
      throw damaged(line, start, "a piece in base64, a space and " + rank);
    }
    try {
      pieces.add(ByteAlphabet.encode(Base64.getDecoder().decode(line.substring(0, space))));
    } catch (IllegalArgumentException noBase64) {
      throw damaged(line, start, "a piece in base64");
    }
  }

  private CheckpointException damaged(String line, int start, String expected) {
    String shown = line.length() > 40 ? line.substring(0, 40) + "…" : line;
    String found = "line %d '%s'".formatted(pieces.size() + 1, shown);
    return CheckpointException.at(file, start, found, expected);
  }

  private Vocabulary vocabulary() {
    List<String> all = new ArrayList<>(pieces);
    all.addAll(specialTokens());
    List<PieceType> types = new ArrayList<>(Collections.nCopies(pieces.size(), PieceType.NORMAL));
    types.addAll(Collections.nCopies(SPECIAL_TOKENS, PieceType.CONTROL));
    int first = pieces.size();
    SpecialTokens special =
        new SpecialTokens(
            OptionalInt.of(first),
            OptionalInt.of(first + 1),
            OptionalInt.of(first + NAMED.indexOf("<|eot_id|>")),
            OptionalInt.of(first + NAMED.indexOf("<|eom_id|>")),
            OptionalInt.empty(),
            OptionalInt.of(first + NAMED.indexOf("<|finetune_right_pad_id|>")));
    return new Vocabulary(
        Kind.BYTE_LEVEL_BPE,
        "llama-bpe",
        all,
        new float[0],
        types,
        merges(),
        special,
        true,
        false,
        false,
        new VocabularySource(file, Map.of()));
  }

  private static List<String> specialTokens() {
    List<String> tokens = new ArrayList<>(NAMED);
    for (int number = 3; tokens.size() < SPECIAL_TOKENS; number++) {
      tokens.add("<|reserved_special_token_" + number + "|>");
    }
    return tokens;
  }

  /** Every way to put a piece together from two others, in the order of the pieces' ranks. */
  private List<String> merges() {
    Map<String, Integer> ranks = HashMap.newHashMap(pieces.size());
    for (int rank = 0; rank < pieces.size(); rank++) {
      ranks.put(pieces.get(rank), rank);
    }
    List<String> merges = new ArrayList<>();
    for (String piece : pieces) {
      for (int cut = 1; cut < piece.length(); cut++) {
        String left = piece.substring(0, cut);
        String right = piece.substring(cut);
        if (ranks.containsKey(left) && ranks.containsKey(right)) {
          merges.add(left + " " + right);
        }
      }
    }
    return merges;
  }
}
