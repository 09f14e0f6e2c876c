package dev.chasqui.engine.tokenize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chasqui.engine.api.CheckpointException;
import dev.chasqui.engine.api.MarkedText;
import dev.chasqui.engine.api.TokenIds;
import dev.chasqui.engine.checkpoint.Vocabulary;
import dev.chasqui.engine.checkpoint.VocabularySource;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenizerTests {

  private static final String HARD =
      "ab \t\n\r'sStTlLre019.,_-<|>{}é中文😀\u00a0\u0301\u200b\u0000\ufffd٣½";

  @Test
  void aPromptBeginsWithBosOnce() {
    Tokenizer tokenizer = Vocabularies.tokenizer("tiny-llama3");
    assertThat(tokenizer.encodePrompt(MarkedText.user("a")).toArray()).startsWith(496);
    assertThat(tokenizer.encodePrompt(MarkedText.scaffold("<|begin_of_text|>a")))
        .isEqualTo(tokenizer.encodePrompt(MarkedText.user("a")));
    assertThat(tokenizer.encodePrompt(MarkedText.scaffold(" <|begin_of_text|>a")))
        .isEqualTo(tokenizer.encode(MarkedText.scaffold(" <|begin_of_text|>a")));
    assertThat(tokenizer.encodePrompt(MarkedText.user("<|begin_of_text|>")).toArray())
        .startsWith(496)
        .hasSizeGreaterThan(2);
  }

  @Test
  void namesItsControlAndEndTokens() {
    Tokenizer tokenizer = Vocabularies.tokenizer("tiny-llama3");
    assertThat(tokenizer.controlToken("<|eot_id|>")).hasValue(505);
    assertThat(tokenizer.controlToken("the")).isEmpty();
    assertThat(tokenizer.endTokens().toArray()).containsExactly(497, 504, 505);
    assertThat(tokenizer.beginOfText()).isEqualTo("<|begin_of_text|>");
    assertThat(tokenizer.endOfText()).isEqualTo("<|eot_id|>");
    assertThat(tokenizer.vocabularySize()).isEqualTo(512);
  }

  @Test
  void refusesIdsBeyondTheVocabulary() {
    Tokenizer tokenizer = Vocabularies.tokenizer("tiny-llama2");
    assertThatThrownBy(() -> tokenizer.decode(TokenIds.of(512)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("token id 512 is not in the vocabulary of 512");
  }

  @ParameterizedTest
  @ValueSource(strings = {"tiny-llama2", "tiny-llama3"})
  void decodesWhatItEncoded(String name) {
    Tokenizer tokenizer = Vocabularies.tokenizer(name);
    Random random = new Random(42);
    int[] alphabet = HARD.codePoints().toArray();
    for (int round = 0; round < 5_000; round++) {
      StringBuilder text = new StringBuilder();
      for (int length = random.nextInt(40); length > 0; length--) {
        text.appendCodePoint(
            random.nextInt(4) > 0
                ? alphabet[random.nextInt(alphabet.length)]
                : randomCodePoint(random));
      }
      TokenIds ids = tokenizer.encode(MarkedText.user(text.toString()));
      assertThat(tokenizer.decode(ids)).isEqualTo(text.toString());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"tiny-llama2", "tiny-llama3"})
  void decodesAnyIds(String name) {
    Tokenizer tokenizer = Vocabularies.tokenizer(name);
    Random random = new Random(43);
    for (int round = 0; round < 2_000; round++) {
      TokenIds ids = TokenIds.of(random.ints(20, 0, 512).toArray());
      String text = tokenizer.decode(ids);
      assertThat(text.codePoints().noneMatch(TokenizerTests::isSurrogate)).isTrue();
    }
  }

  @Test
  void namesThePreTokenizerThatIsNotKnown() {
    Vocabulary known = Vocabularies.vocabulary("tiny-llama3");
    Vocabulary unknown =
        new Vocabulary(
            known.kind(),
            "tekken",
            known.pieces(),
            known.scores(),
            known.types(),
            known.merges(),
            known.special(),
            true,
            false,
            false,
            VocabularySource.MEMORY);
    assertThatThrownBy(() -> Tokenizer.of(unknown))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining("pre-tokenizer tekken, which is not known, expected llama-bpe");
  }

  @Test
  void namesTheMergeThatIsDamaged() {
    Vocabulary good = Vocabularies.vocabulary("tiny-llama3");
    for (String merge : List.of("nospace", "q zz", "")) {
      Vocabulary damaged =
          new Vocabulary(
              good.kind(),
              good.preTokenizer(),
              good.pieces(),
              good.scores(),
              good.types(),
              List.of(merge),
              good.special(),
              true,
              false,
              false,
              VocabularySource.MEMORY);
      assertThatThrownBy(() -> Tokenizer.of(damaged))
          .isInstanceOf(CheckpointException.class)
          .hasMessageContaining("found merge 0 '" + merge + "', expected ");
    }
  }

  private static int randomCodePoint(Random random) {
    int codePoint = random.nextInt(0x11_0000);
    boolean spaceMark = codePoint == 0x2581;
    return spaceMark || isSurrogate(codePoint) ? 'x' : codePoint;
  }

  private static boolean isSurrogate(int codePoint) {
    return codePoint >= 0xd800 && codePoint < 0xe000;
  }
}
