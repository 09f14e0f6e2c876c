package dev.chasqui.engine.tokenize;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.engine.api.MarkedText;
import dev.chasqui.engine.api.TokenIds;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;

/** Holds the tokenizers to sentencepiece, tiktoken and Hugging Face tokenizers. */
class TokenizerGoldenTests {

  @TestFactory
  Stream<DynamicTest> encodesUserTextAsTheReferenceWithoutSpecialParsing() {
    return cases((tokenizer, text, golden) -> {
      TokenIds ids = tokenizer.encode(MarkedText.user(text));
      assertThat(ids.toArray()).containsExactly(Vocabularies.ints(golden.get("ids")));
    });
  }

  @TestFactory
  Stream<DynamicTest> encodesScaffoldAsTheReferenceWithSpecialParsing() {
    return cases((tokenizer, text, golden) -> {
      TokenIds ids = tokenizer.encode(MarkedText.scaffold(text));
      assertThat(ids.toArray()).containsExactly(Vocabularies.ints(golden.get("ids_special")));
    });
  }

  @TestFactory
  Stream<DynamicTest> decodesAsTheReference() {
    return cases((tokenizer, text, golden) -> {
      TokenIds plain = TokenIds.of(Vocabularies.ints(golden.get("ids")));
      TokenIds special = TokenIds.of(Vocabularies.ints(golden.get("ids_special")));
      assertThat(tokenizer.decode(plain)).isEqualTo(golden.get("decoded").asString());
      assertThat(tokenizer.decode(special))
          .isEqualTo(golden.get("hf_decoded_skip_special").asString());
      assertThat(tokenizer.spell(special))
          .isEqualTo(golden.get("hf_decoded_keep_special").asString());
    });
  }

  @TestFactory
  Stream<DynamicTest> replacesUnpairedSurrogates() {
    return Stream.of("tiny-llama2", "tiny-llama3")
        .flatMap(name -> {
          Tokenizer tokenizer = Vocabularies.tokenizer(name);
          List<DynamicTest> tests = new ArrayList<>();
          for (JsonNode golden : Vocabularies.json(name + ".golden.json").get("lone_surrogates")) {
            StringBuilder text = new StringBuilder();
            golden.get("utf16").forEach(unit -> text.append((char) unit.asInt()));
            tests.add(
                DynamicTest.dynamicTest(
                    name + " " + golden.get("utf16"),
                    () ->
                        assertThat(tokenizer.encode(MarkedText.user(text.toString())).toArray())
                            .containsExactly(Vocabularies.ints(golden.get("ids")))));
          }
          return tests.stream();
        });
  }

  private interface Check {
    void run(Tokenizer tokenizer, String text, JsonNode golden);
  }

  private static Stream<DynamicTest> cases(Check check) {
    return Stream.of("tiny-llama2", "tiny-llama3").flatMap(name -> cases(name, check).stream());
  }

  private static List<DynamicTest> cases(String name, Check check) {
    Tokenizer tokenizer = Vocabularies.tokenizer(name);
    List<DynamicTest> tests = new ArrayList<>();
    for (JsonNode golden : Vocabularies.json(name + ".golden.json").get("cases")) {
      tests.add(
          DynamicTest.dynamicTest(
              name + " " + golden.get("id"),
              () -> check.run(tokenizer, golden.get("text").asString(), golden)));
    }
    return tests;
  }
}
