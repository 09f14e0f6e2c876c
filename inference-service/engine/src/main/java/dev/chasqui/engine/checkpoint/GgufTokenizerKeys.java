package dev.chasqui.engine.checkpoint;

import dev.chasqui.engine.checkpoint.Vocabulary.Kind;
import dev.chasqui.engine.checkpoint.Vocabulary.PieceType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** Writes a tokenizer as {@link GgufVocabulary} and llama.cpp read it. */
final class GgufTokenizerKeys {

  private final Vocabulary vocabulary;
  private final GgufOutput out;

  private GgufTokenizerKeys(Vocabulary vocabulary, GgufOutput out) {
    this.vocabulary = vocabulary;
    this.out = out;
  }

  static void write(Checkpoint checkpoint, GgufOutput out) {
    GgufTokenizerKeys keys = new GgufTokenizerKeys(checkpoint.vocabulary(), out);
    keys.pieces();
    keys.roles(checkpoint);
    checkpoint.chatTemplate().ifPresent(text -> out.text("tokenizer.chat_template", text));
  }

  private void pieces() {
    boolean sentencePiece = vocabulary.kind() == Kind.SENTENCEPIECE_BPE;
    out.text("tokenizer.ggml.model", sentencePiece ? "llama" : "gpt2");
    out.text("tokenizer.ggml.pre", vocabulary.preTokenizer());
    out.texts("tokenizer.ggml.tokens", names());
    out.int32s("tokenizer.ggml.token_type", types());
    if (sentencePiece) {
      out.float32s("tokenizer.ggml.scores", scores());
    } else {
      out.texts("tokenizer.ggml.merges", vocabulary.merges());
    }
  }

  /** Unused ids have names of their own: llama.cpp wants no two pieces alike. */
  private List<String> names() {
    List<String> names = new ArrayList<>(vocabulary.pieces());
    for (int id = 0; id < names.size(); id++) {
      if (names.get(id).isEmpty() && vocabulary.types().get(id) == PieceType.UNUSED) {
        names.set(id, "[PAD" + id + "]");
      }
    }
    return names;
  }

  private int[] types() {
    return vocabulary.types().stream()
        .mapToInt(type ->
            switch (type) {
              case NORMAL -> 1;
              case UNKNOWN -> 2;
              case CONTROL -> 3;
              case USER_DEFINED -> 4;
              case UNUSED -> 5;
              case BYTE -> 6;
            })
        .toArray();
  }

  /** Where merges decide, the rank of the first one that makes a piece is its score. */
  private float[] scores() {
    if (vocabulary.merges().isEmpty()) {
      return vocabulary.scores();
    }
    Map<String, Integer> ranks = new HashMap<>();
    for (int rank = 0; rank < vocabulary.merges().size(); rank++) {
      ranks.putIfAbsent(vocabulary.merges().get(rank).replace(" ", ""), rank);
    }
    float[] scores = new float[vocabulary.size()];
    for (int id = 0; id < scores.length; id++) {
      scores[id] = -ranks.getOrDefault(vocabulary.pieces().get(id), ranks.size());
    }
    return scores;
  }

  /** What the checkpoint names beside the vocabulary takes the first free place of an end. */
  private void roles(Checkpoint checkpoint) {
    Vocabulary.SpecialTokens special = vocabulary.special();
    List<Integer> more = new ArrayList<>();
    checkpoint.endTokens().stream().forEach(more::add);
    List.of(special.endOfText(), special.endOfTurn(), special.endOfMessage())
        .forEach(known -> known.ifPresent(id -> more.remove(Integer.valueOf(id))));
    out.uint32("tokenizer.ggml.bos_token_id", special.beginOfText());
    out.uint32("tokenizer.ggml.eos_token_id", orNext(special.endOfText(), more));
    out.uint32("tokenizer.ggml.eot_token_id", orNext(special.endOfTurn(), more));
    out.uint32("tokenizer.ggml.eom_token_id", orNext(special.endOfMessage(), more));
    out.uint32("tokenizer.ggml.unknown_token_id", special.unknown());
    out.uint32("tokenizer.ggml.padding_token_id", special.padding());
    out.flag("tokenizer.ggml.add_bos_token", vocabulary.addBos());
    out.flag("tokenizer.ggml.add_eos_token", vocabulary.addEos());
    out.flag("tokenizer.ggml.add_space_prefix", vocabulary.addSpacePrefix());
  }

  private static OptionalInt orNext(OptionalInt known, List<Integer> more) {
    return known.isPresent() || more.isEmpty() ? known : OptionalInt.of(more.removeFirst());
  }
}
