package dev.chasqui.engine.tokenize;

import dev.chasqui.engine.checkpoint.Vocabulary;
import dev.chasqui.engine.checkpoint.VocabularySource.Table;
import java.util.List;
import java.util.Optional;

/**
 * The rule that cuts text into words before merging: each stage cuts further what the one before
 * left. Names and patterns are those of llama.cpp (src/llama-vocab.cpp).
 *
 * @param stages the scanners in order
 * @param wholeWords whether a word that is a piece as it stands is taken without merging
 *     (ignore_merges)
 */
record PreTokenizer(List<WordScanner> stages, boolean wholeWords) {

  /** Takes the words. */
  @FunctionalInterface
  interface WordSink {

    /** Takes the next word. */
    void word(int start, int end);
  }

  PreTokenizer {
    stages = List.copyOf(stages);
  }

  /** Returns the rule of a vocabulary. */
  static PreTokenizer of(Vocabulary vocabulary) {
    String name = vocabulary.preTokenizer();
    return named(name)
        .orElseThrow(() ->
            vocabulary
                .source()
                .fault(
                    Table.RULE,
                    "pre-tokenizer " + name + ", which is not known",
                    "llama-bpe, smollm, gpt-2, qwen2, default or one of their other names: convert"
                        + " the checkpoint again, or take another"));
  }

  /** Returns the rule of that name, if it is known. */
  static Optional<PreTokenizer> named(String name) {
    PreTokenizer known =
        switch (name) {
          case "llama3", "llama-v3", "llama-bpe", "falcon3" ->
              new PreTokenizer(List.of(new Llama3Words(3)), true);
          case "dbrx", "smaug-bpe" -> new PreTokenizer(List.of(new Llama3Words(3)), false);
          case "qwen2", "stablelm2", "deepseek-r1-qwen", "megrez" ->
              new PreTokenizer(List.of(new Llama3Words(1)), false);
          case "gpt-2", "gpt2", "mpt", "olmo", "phi-2", "roberta-bpe" ->
              new PreTokenizer(List.of(new Gpt2Words()), false);
          case "smollm", "starcoder", "refact", "command-r", "codeshell" ->
              new PreTokenizer(
                  List.of(new RunWords(Characters::isNumber, 1), new Gpt2Words()), false);
          case "default" -> unnamed();
          default -> null;
        };
    return Optional.ofNullable(known);
  }

  void split(String text, WordSink sink) {
    split(text, 0, text.length(), 0, sink);
  }

  private void split(String text, int start, int end, int stage, WordSink sink) {
    if (stage == stages.size()) {
      sink.word(start, end);
      return;
    }
    int word = start;
    while (word < end) {
      int wordEnd = stages.get(stage).wordEnd(text, word, end);
      split(text, word, wordEnd, stage + 1, sink);
      word = wordEnd;
    }
  }

  private static PreTokenizer unnamed() {
    return new PreTokenizer(
        List.of(
            new RunWords(PreTokenizer::isSymbol, Integer.MAX_VALUE),
            new Gpt2Words(),
            new RunWords(Characters::isNumber, Integer.MAX_VALUE),
            new DigitTriples()),
        false);
  }

  private static boolean isSymbol(int codePoint) {
    return Characters.isPunctuation(codePoint) || "$+<=>^~|".indexOf(codePoint) >= 0;
  }
}
