package dev.chasqui.engine.tokenize;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.engine.api.MarkedText;
import dev.chasqui.engine.api.TokenIds;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenTextTests {

  @ParameterizedTest
  @ValueSource(strings = {"tiny-llama2", "tiny-llama3"})
  void holdsACharacterUntilItIsWhole(String name) {
    Tokenizer tokenizer = Vocabularies.tokenizer(name);
    TokenText text = TokenText.standingAlone(tokenizer);
    List<String> parts = new ArrayList<>();
    tokenizer.encode(MarkedText.user("😀é")).stream().forEach(id -> parts.add(text.accept(id)));
    assertThat(parts).filteredOn(part -> !part.isEmpty()).containsExactly("😀", "é");
    assertThat(text.finish()).isEmpty();
  }

  @Test
  void replacesWhatStaysIncomplete() {
    Tokenizer tokenizer = Vocabularies.tokenizer("tiny-llama3");
    TokenText text = TokenText.standingAlone(tokenizer);
    TokenIds ids = tokenizer.encode(MarkedText.user("a😀"));
    for (int i = 0; i < ids.size() - 1; i++) {
      text.accept(ids.get(i));
    }
    assertThat(text.finish()).isEqualTo("\ufffd");
    assertThat(text.finish()).isEmpty();
  }

  @Test
  void replacesBytesThatAreNoUtf8AsSoonAsThatIsCertain() {
    TokenText text = TokenText.standingAlone(Vocabularies.tokenizer("tiny-llama3"));
    assertThat(text.accept(new byte[] {(byte) 0xe4})).isEmpty();
    assertThat(text.accept(new byte[] {'x'})).isEqualTo("\ufffdx");
    assertThat(text.accept(new byte[] {(byte) 0xff})).isEqualTo("\ufffd");
  }

  @Test
  void leavesOutTheFirstSpaceOfATextThatStandsAlone() {
    Tokenizer tokenizer = Vocabularies.tokenizer("tiny-llama2");
    TokenIds ids = tokenizer.encode(MarkedText.user("the the"));
    assertThat(join(TokenText.standingAlone(tokenizer), ids)).isEqualTo("the the");
    assertThat(join(TokenText.continuing(tokenizer), ids)).isEqualTo(" the the");
  }

  @Test
  void givesTheSameTextAgainWhenTokensAreReplayed() {
    Tokenizer tokenizer = Vocabularies.tokenizer("tiny-llama3");
    TokenIds ids = tokenizer.encode(MarkedText.user("naïve 中文 😀 text"));
    for (int cut = 0; cut <= ids.size(); cut++) {
      TokenText resumed = TokenText.standingAlone(tokenizer);
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < cut; i++) {
        text.append(resumed.accept(ids.get(i)));
      }
      for (int i = cut; i < ids.size(); i++) {
        text.append(resumed.accept(ids.get(i)));
      }
      assertThat(text.append(resumed.finish())).hasToString("naïve 中文 😀 text");
    }
  }

  private static String join(TokenText tokenText, TokenIds ids) {
    StringBuilder text = new StringBuilder();
    ids.stream().forEach(id -> text.append(tokenText.accept(id)));
    return text.append(tokenText.finish()).toString();
  }
}
