package dev.chasqui.engine.grammar;

import dev.chasqui.engine.api.ResponseFormat;
import dev.chasqui.engine.api.TokenIds;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** An answer of a model that takes any token that it may, a little drawn to what ends things. */
final class RandomWalk {

  private static final int MOST_STEPS = 3_000;
  private static final List<byte[]> TEXTS = texts();

  /** Has no text: the model's own end. */
  static final int END = TEXTS.size() - 1;

  private final GrammarCursor cursor;
  private final Random random;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final List<Integer> tokens = new ArrayList<>();

  RandomWalk(TokenGrammar grammar, long seed) {
    cursor = grammar.begin(FirstSpace.KEPT, TokenIds.of(END));
    random = new Random(seed);
  }

  static Grammars grammars() {
    return new Grammars(new VocabularyTexts(TEXTS.toArray(byte[][]::new)));
  }

  static TokenGrammar grammar(ResponseFormat format) {
    return grammars().of(format).orElseThrow();
  }

  /** All bytes, and some longer tokens that go across what grammars tell apart. */
  private static List<byte[]> texts() {
    List<byte[]> texts = new ArrayList<>();
    for (int value = 0; value < 256; value++) {
      texts.add(new byte[] {(byte) value});
    }
    List.of(
            "\"}", "\": ", "{\"", "\",", "],", "true", "null", "false", "\u00e9", "\u4e16", "12",
            "  ", "\n  ", "name", "age", "[{", "}]", "00", "-", "e+", "a\"b", "\\u", "\\\"")
        .forEach(text -> texts.add(text.getBytes(StandardCharsets.UTF_8)));
    texts.add(new byte[0]);
    return texts;
  }

  /** Goes on until nothing can follow, and returns the text. */
  String text() throws CharacterCodingException {
    while (!cursor.isComplete()) {
      if (tokens.size() == MOST_STEPS) {
        throw new AssertionError("no end after " + bytes.toString(StandardCharsets.UTF_8));
      }
      step();
    }
    return StandardCharsets.UTF_8
        .newDecoder()
        .decode(ByteBuffer.wrap(bytes.toByteArray()))
        .toString();
  }

  List<Integer> tokens() {
    return tokens;
  }

  private void step() {
    List<Integer> allowed = allowed();
    int token = allowed.get(random.nextInt(allowed.size()));
    for (int wanted : new int[] {END, '"', '}', ']'}) {
      token = allowed.contains(wanted) && random.nextInt(4) == 0 ? wanted : token;
    }
    cursor.accept(token);
    tokens.add(token);
    bytes.writeBytes(TEXTS.get(token));
  }

  /** Returns the tokens that may come next. */
  List<Integer> allowed() {
    return allowed(cursor);
  }

  static List<Integer> allowed(GrammarCursor cursor) {
    float[] logits = new float[TEXTS.size()];
    cursor.mask(logits);
    List<Integer> allowed = new ArrayList<>();
    for (int id = 0; id < logits.length; id++) {
      if (logits[id] == 0) {
        allowed.add(id);
      }
    }
    return allowed;
  }
}
