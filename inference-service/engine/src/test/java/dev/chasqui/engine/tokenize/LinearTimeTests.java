package dev.chasqui.engine.tokenize;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.engine.api.MarkedText;
import dev.chasqui.engine.checkpoint.Vocabulary;
import dev.chasqui.engine.checkpoint.VocabularyFiles;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.IntFunction;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A megabyte of any text takes a tokenizer of any kind about eight times the work of an eighth of
 * it. Work is the CPU time of the thread, which a busy machine hardly changes; the square of the
 * length would take 64 times as much.
 */
class LinearTimeTests {

  private static final int MEGABYTE = 1 << 20;

  /** Other pre-tokenizers of a tokenizer that is measured with a megabyte get less. */
  private static final int QUARTER = MEGABYTE / 4;

  private static final int PART = 8;

  /** n log n merges and colder caches come to some 14 times. */
  private static final double MOST_TIMES = 26;

  /** Whatever is done in less is no measure of anything. */
  private static final long LEAST_NANOS = 2_000_000;

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  static List<String> tokenizers() {
    return List.copyOf(vocabularies().keySet());
  }

  /** Every pre-tokenizer, and the real vocabularies where they are. */
  private static Map<String, Vocabulary> vocabularies() {
    Map<String, Vocabulary> vocabularies = new LinkedHashMap<>();
    vocabularies.put("tiny-llama2", Vocabularies.vocabulary("tiny-llama2"));
    Vocabulary bytes = Vocabularies.vocabulary("tiny-llama3");
    for (String rule : List.of("llama-bpe", "smaug-bpe", "qwen2", "gpt-2", "smollm", "default")) {
      vocabularies.put("tiny-llama3 " + rule, withRule(bytes, rule));
    }
    Path shared = Path.of(System.getProperty("chasqui.shared", ""), "golden", "tokenizers");
    for (String file :
        List.of("llama2/tokenizer.model", "llama2/tokenizer.json.gz", "llama3/tokenizer.model")) {
      if (Files.exists(shared.resolve(file))) {
        vocabularies.put(file, VocabularyFiles.open(shared.resolve(file)));
      }
    }
    return vocabularies;
  }

  private static Vocabulary withRule(Vocabulary other, String rule) {
    return new Vocabulary(
        other.kind(),
        rule,
        other.pieces(),
        other.scores(),
        other.types(),
        other.merges(),
        other.special(),
        other.addBos(),
        other.addEos(),
        other.addSpacePrefix(),
        other.source());
  }

  /** Texts by name; each of about so many UTF-8 bytes. */
  private static Map<String, IntFunction<MarkedText>> texts() {
    Map<String, IntFunction<MarkedText>> texts = new LinkedHashMap<>();
    texts.put("prose", bytes -> user("The quick brown fox jumps over 13 lazy dogs.\n", bytes));
    for (String part :
        List.of(
            "a",
            "ab",
            " ",
            "\n",
            "\n  ",
            " \t",
            "'",
            "' ",
            "'s",
            "0",
            "12345 ",
            "!",
            " !\n",
            "<|",
            "<|eot_id|>",
            "<|reserved_special_token_",
            "</s",
            "\u2581",
            "\u00e9",
            "\ud83d\ude00",
            "\ud800",
            "a\u0301",
            "\u200d",
            "\u3042",
            "\u0000",
            "e\u00a0")) {
      texts.put("'" + part + "' again and again", bytes -> user(part, bytes));
    }
    texts.put("random", LinearTimeTests::random);
    texts.put("scaffold", bytes -> MarkedText.scaffold(filled("a b <|x|> ", bytes)));
    texts.put(
        "scaffold before a user's char",
        bytes ->
            new MarkedText(
                List.of(
                    new MarkedText.Span(filled("a<b ", bytes), MarkedText.Origin.SCAFFOLD),
                    new MarkedText.Span("!", MarkedText.Origin.USER))));
    return texts;
  }

  private static MarkedText user(String part, int bytes) {
    return MarkedText.user(filled(part, bytes));
  }

  private static String filled(String part, int bytes) {
    return part.repeat(bytes / part.getBytes(StandardCharsets.UTF_8).length);
  }

  private static MarkedText random(int bytes) {
    Random random = new Random(bytes);
    StringBuilder text = new StringBuilder();
    while (text.length() < bytes / 3) {
      text.appendCodePoint(random.nextInt(Character.MAX_CODE_POINT));
    }
    return MarkedText.user(text.toString());
  }

  @ParameterizedTest
  @MethodSource("tokenizers")
  void encodesAMegabyteInLinearTime(String name) {
    Tokenizer tokenizer = Tokenizer.of(vocabularies().get(name));
    List<String> tooSlow = new ArrayList<>();
    int bytes = name.startsWith("tiny-llama3") && !name.endsWith("llama-bpe") ? QUARTER : MEGABYTE;
    long slowest = 0;
    String slowestText = "";
    for (Map.Entry<String, IntFunction<MarkedText>> text : texts().entrySet()) {
      MarkedText part = text.getValue().apply(bytes / PART);
      MarkedText whole = text.getValue().apply(bytes);
      long partNanos =
          Math.max(LEAST_NANOS, Math.min(nanos(tokenizer, part), nanos(tokenizer, part)));
      long wholeNanos = nanos(tokenizer, whole);
      if (wholeNanos > MOST_TIMES * partNanos) {
        wholeNanos = Math.min(wholeNanos, nanos(tokenizer, whole));
        partNanos = Math.max(partNanos, nanos(tokenizer, part));
      }
      if (wholeNanos > MOST_TIMES * partNanos) {
        tooSlow.add(
            "%s: %d ms, an eighth %d ms"
                .formatted(text.getKey(), wholeNanos / 1_000_000, partNanos / 1_000_000));
      }
      if (wholeNanos > slowest) {
        slowest = wholeNanos;
        slowestText = text.getKey();
      }
    }
    System.out.printf(
        "%s: the slowest %d kB took %d ms of CPU, %s%n",
        name, bytes >> 10, slowest / 1_000_000, slowestText);
    assertThat(tooSlow).isEmpty();
  }

  private static long nanos(Tokenizer tokenizer, MarkedText text) {
    long start = THREADS.getCurrentThreadCpuTime();
    assertThat(tokenizer.encode(text).size()).isPositive();
    return THREADS.getCurrentThreadCpuTime() - start;
  }
}
