package dev.chasqui.engine.tokenize;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Holds the scanners to the patterns they stand for, as java.util.regex reads them. */
class PreTokenizerTests {

  private static final String GPT2 =
      "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+";

  private static final String LLAMA3 =
      "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}{1,3}"
          + "| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";

  private static final Map<String, List<String>> PATTERNS =
      Map.of(
          "gpt-2", List.of(GPT2),
          "llama-bpe", List.of(LLAMA3),
          "qwen2", List.of(LLAMA3.replace("{1,3}", "")),
          "smollm", List.of("\\p{N}|\\P{N}+", GPT2),
          "default",
              List.of(
                  "[\\p{P}$+<=>^~|]+|[^\\p{P}$+<=>^~|]+",
                  GPT2,
                  "\\p{N}+|\\P{N}+",
                  "[0-9][0-9][0-9]|(?:(?![0-9][0-9][0-9]).)+"));

  private static final String ALPHABET =
      "aZ'sStTmMdDlLrReEvVſ  \t\n\r019\u00a0\u0085\u2028٣½².,-_$+<|^é中😀𝒳\u0301\u200bⅣ`";

  @ParameterizedTest
  @ValueSource(strings = {"gpt-2", "llama-bpe", "qwen2", "smollm", "default"})
  void cutsAsThePatternDoes(String name) {
    PreTokenizer preTokenizer = PreTokenizer.named(name).orElseThrow();
    List<Pattern> patterns =
        PATTERNS.get(name).stream()
            .map(pattern ->
                Pattern.compile(
                    pattern,
                    Pattern.UNICODE_CHARACTER_CLASS | Pattern.UNICODE_CASE | Pattern.DOTALL))
            .toList();
    Random random = new Random(11);
    int[] alphabet = ALPHABET.codePoints().toArray();
    for (int round = 0; round < 20_000; round++) {
      StringBuilder text = new StringBuilder();
      for (int length = random.nextInt(16); length > 0; length--) {
        text.appendCodePoint(alphabet[random.nextInt(alphabet.length)]);
      }
      assertThat(words(preTokenizer, text.toString()))
          .isEqualTo(matches(patterns, List.of(text.toString())));
    }
  }

  @Test
  void looksAtEachCharacterAFewTimesOnly() {
    String hostile = " ".repeat(100_000) + "\n".repeat(50_000) + "' ".repeat(50_000) + "<|";
    for (String name : PATTERNS.keySet()) {
      assertThat(
              words(PreTokenizer.named(name).orElseThrow(), hostile).stream()
                  .mapToInt(String::length)
                  .sum())
          .isEqualTo(hostile.length());
    }
  }

  private static List<String> words(PreTokenizer preTokenizer, String text) {
    List<String> words = new ArrayList<>();
    preTokenizer.split(text, (start, end) -> words.add(text.substring(start, end)));
    return words;
  }

  private static List<String> matches(List<Pattern> patterns, List<String> texts) {
    List<String> words = texts;
    for (Pattern pattern : patterns) {
      List<String> cut = new ArrayList<>();
      for (String word : words) {
        Matcher matcher = pattern.matcher(word);
        while (matcher.find()) {
          cut.add(matcher.group());
        }
      }
      words = cut;
    }
    return words;
  }
}
