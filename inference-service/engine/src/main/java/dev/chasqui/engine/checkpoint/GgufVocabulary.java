package dev.chasqui.engine.checkpoint;

import dev.chasqui.engine.api.CheckpointException;
import dev.chasqui.engine.checkpoint.Vocabulary.Kind;
import dev.chasqui.engine.checkpoint.Vocabulary.PieceType;
import dev.chasqui.engine.checkpoint.VocabularySource.Table;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/** Reads the tokenizer of a GGUF file; defaults are those of llama.cpp (llama-vocab.cpp). */
final class GgufVocabulary {

  /**
   * Pre-tokenizers of Llama 3, whose prompts begin with a token of their own unless told not to.
   */
  private static final Set<String> LLAMA3 = Set.of("llama3", "llama-v3", "llama-bpe");

  /** By the code in the file. */
  private static final List<PieceType> TYPES =
      List.of(
          PieceType.NORMAL,
          PieceType.NORMAL,
          PieceType.UNKNOWN,
          PieceType.CONTROL,
          PieceType.USER_DEFINED,
          PieceType.UNUSED,
          PieceType.BYTE);

  private static final String PREFIX = "tokenizer.ggml.";

  private final GgufMetadata metadata;

  private GgufVocabulary(GgufMetadata metadata) {
    this.metadata = metadata;
  }

  static Vocabulary of(GgufMetadata metadata) {
    return new GgufVocabulary(metadata).read();
  }

  private Vocabulary read() {
    Kind kind = kind();
    List<String> pieces = metadata.requiredTexts("tokenizer.ggml.tokens");
    String preTokenizer = metadata.text("tokenizer.ggml.pre").orElse("default");
    boolean sentencePiece = kind == Kind.SENTENCEPIECE_BPE;
    return new Vocabulary(
        kind,
        preTokenizer,
        pieces,
        sentencePiece ? metadata.reals("tokenizer.ggml.scores") : new float[0],
        types(pieces.size()),
        sentencePiece ? List.of() : metadata.requiredTexts("tokenizer.ggml.merges"),
        specialTokens(pieces.size()),
        flag("add_bos_token", sentencePiece || LLAMA3.contains(preTokenizer)),
        flag("add_eos_token", false),
        flag("add_space_prefix", sentencePiece),
        source());
  }

  private VocabularySource source() {
    return new VocabularySource(
        metadata.file().file(),
        Map.of(
            Table.PIECES, metadata.offset(PREFIX + "tokens"),
            Table.TYPES, metadata.offset(PREFIX + "token_type"),
            Table.MERGES, metadata.offset(PREFIX + "merges"),
            Table.RULE, metadata.offset(PREFIX + "pre")));
  }

  private Kind kind() {
    String model = metadata.requiredText("tokenizer.ggml.model");
    return switch (model) {
      case "llama" -> Kind.SENTENCEPIECE_BPE;
      case "gpt2" -> Kind.BYTE_LEVEL_BPE;
      default -> throw unsupported("model", model, "llama or gpt2");
    };
  }

  private List<PieceType> types(int pieces) {
    if (!metadata.has("tokenizer.ggml.token_type")) {
      return Collections.nCopies(pieces, PieceType.NORMAL);
    }
    List<PieceType> types = new ArrayList<>(pieces);
    for (float code : metadata.reals("tokenizer.ggml.token_type")) {
      if (!(code >= 0 && code < TYPES.size())) {
        throw unsupported("token_type", Float.toString(code), "0 to " + (TYPES.size() - 1));
      }
      types.add(TYPES.get((int) code));
    }
    return types;
  }

  private Vocabulary.SpecialTokens specialTokens(int pieces) {
    return new Vocabulary.SpecialTokens(
        tokenId("bos", pieces),
        tokenId("eos", pieces),
        tokenId("eot", pieces),
        tokenId("eom", pieces),
        tokenId("unknown", pieces),
        tokenId("padding", pieces));
  }

  private OptionalInt tokenId(String role, int pieces) {
    OptionalInt id = metadata.integer("tokenizer.ggml." + role + "_token_id");
    if (id.isPresent() && id.getAsInt() >= pieces) {
      throw unsupported(
          role + "_token_id", "" + id.getAsInt(), "less than the " + pieces + " pieces");
    }
    return id;
  }

  private boolean flag(String name, boolean absent) {
    return metadata.flag("tokenizer.ggml." + name).orElse(absent);
  }

  private CheckpointException unsupported(String key, String value, String expected) {
    return metadata.fault(PREFIX + key, value, expected);
  }
}
