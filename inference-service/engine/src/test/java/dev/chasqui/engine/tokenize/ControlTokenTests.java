package dev.chasqui.engine.tokenize;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.engine.api.MarkedText;
import dev.chasqui.engine.api.MarkedText.Origin;
import dev.chasqui.engine.api.MarkedText.Span;
import dev.chasqui.engine.api.TokenIds;
import dev.chasqui.engine.checkpoint.Vocabulary;
import dev.chasqui.engine.checkpoint.Vocabulary.Kind;
import dev.chasqui.engine.checkpoint.Vocabulary.PieceType;
import dev.chasqui.engine.checkpoint.Vocabulary.SpecialTokens;
import dev.chasqui.engine.checkpoint.VocabularySource;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** User text is never control. */
class ControlTokenTests {

  private static final List<String> ALL_GENERATIONS =
      List.of(
          "<s>",
          "</s>",
          "<unk>",
          "[INST]",
          "[/INST]",
          "<<SYS>>",
          "<</SYS>>",
          "<PRE>",
          "▁<PRE>",
          "<SUF>",
          "<MID>",
          "<EOT>",
          "<|begin_of_text|>",
          "<|end_of_text|>",
          "<|eot_id|>",
          "<|eom_id|>",
          "<|start_header_id|>",
          "<|end_header_id|>",
          "<|python_tag|>",
          "<|image|>",
          "<|finetune_right_pad_id|>",
          "<|reserved_special_token_0|>",
          "<|im_start|>",
          "<|im_end|>",
          "<|endoftext|>",
          "<0x0A>",
          "<0xFF>");

  @ParameterizedTest
  @ValueSource(strings = {"tiny-llama2", "tiny-llama3"})
  void noSpecialStringOfAnyGenerationBecomesControlInUserText(String name) {
    Tokenizer tokenizer = Vocabularies.tokenizer(name);
    List<String> strings = new ArrayList<>(ALL_GENERATIONS);
    strings.addAll(tokenizer.controlTokens());
    for (String string : strings) {
      assertNoControl(tokenizer, string);
      assertNoControl(tokenizer, "a " + string + string + "\n");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"tiny-llama2", "tiny-llama3"})
  void noMixtureOfSpecialStringsBecomesControlInUserText(String name) {
    Tokenizer tokenizer = Vocabularies.tokenizer(name);
    Random random = new Random(7);
    for (int round = 0; round < 2_000; round++) {
      StringBuilder text = new StringBuilder();
      for (int part = random.nextInt(6); part >= 0; part--) {
        String string = ALL_GENERATIONS.get(random.nextInt(ALL_GENERATIONS.size()));
        text.append(string, random.nextInt(2), string.length() - random.nextInt(2));
      }
      assertNoControl(tokenizer, text.toString());
    }
  }

  @Test
  void aControlTokenThatIsHalfTheUsersIsText() {
    Tokenizer tokenizer = Vocabularies.tokenizer("tiny-llama3");
    MarkedText split =
        new MarkedText(List.of(new Span("<|eot", Origin.SCAFFOLD), new Span("_id|>", Origin.USER)));
    assertThat(tokenizer.encode(split)).isEqualTo(tokenizer.encode(MarkedText.user("<|eot_id|>")));
  }

  @Test
  void aControlTokenMaySpanTwoScaffoldSpans() {
    Tokenizer tokenizer = Vocabularies.tokenizer("tiny-llama3");
    MarkedText split =
        new MarkedText(
            List.of(new Span("<|eot", Origin.SCAFFOLD), new Span("_id|>", Origin.SCAFFOLD)));
    assertThat(tokenizer.encode(split)).isEqualTo(TokenIds.of(505));
  }

  @Test
  void textBetweenControlTokensIsEncodedInOnePiece() {
    Tokenizer tokenizer = Vocabularies.tokenizer("tiny-llama3");
    MarkedText split =
        new MarkedText(
            List.of(
                new Span("<|eot_id|>The ", Origin.SCAFFOLD),
                new Span("the", Origin.USER),
                new Span("re<|eot_id|>", Origin.SCAFFOLD)));
    assertThat(tokenizer.encode(split))
        .isEqualTo(tokenizer.encode(MarkedText.scaffold("<|eot_id|>The there<|eot_id|>")));
  }

  @Test
  void markersAreControlWhateverTheirType() {
    Tokenizer tokenizer = mistyped();
    assertThat(tokenizer.controlTokens())
        .containsExactlyInAnyOrder("<|im_end|>", "<|eot_id|>", "[INST]", "stop");
    assertNoControl(tokenizer, "<|im_end|><|eot_id|>[INST]stop");
    assertThat(tokenizer.encode(MarkedText.scaffold("<|im_end|><|eot_id|>[INST]stop")))
        .isEqualTo(TokenIds.of(0, 1, 2, 3));
  }

  @Test
  void otherUserDefinedPiecesAreFoundInAllText() {
    Tokenizer tokenizer = mistyped();
    assertThat(tokenizer.encode(MarkedText.user("ab  a"))).isEqualTo(TokenIds.of(5, 6, 4, 5));
  }

  private static void assertNoControl(Tokenizer tokenizer, String userText) {
    TokenIds ids = tokenizer.encode(MarkedText.user(userText));
    assertThat(ids.stream().filter(tokenizer::isControl).toArray()).as(userText).isEmpty();
  }

  private static Tokenizer mistyped() {
    List<String> pieces = List.of("<|im_end|>", "<|eot_id|>", "[INST]", "stop", "  ", "a", "b");
    List<PieceType> types =
        List.of(
            PieceType.USER_DEFINED,
            PieceType.NORMAL,
            PieceType.USER_DEFINED,
            PieceType.NORMAL,
            PieceType.USER_DEFINED,
            PieceType.NORMAL,
            PieceType.NORMAL);
    OptionalInt none = OptionalInt.empty();
    return Tokenizer.of(
        new Vocabulary(
            Kind.BYTE_LEVEL_BPE,
            "gpt-2",
            pieces,
            new float[0],
            types,
            List.of(),
            new SpecialTokens(none, OptionalInt.of(3), none, none, none, none),
            false,
            false,
            false,
            VocabularySource.MEMORY));
  }
}
