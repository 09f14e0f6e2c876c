package dev.chasqui.engine.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.chasqui.engine.api.MarkedText;
import dev.chasqui.engine.checkpoint.VocabularyFiles;
import dev.chasqui.engine.tokenize.Tokenizer;
import dev.chasqui.engine.tokenize.Vocabularies;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * Holds rendering and encoding together to the ids of Hugging Face, with the real vocabularies,
 * which are Meta's and stay out of this repository.
 */
class ChatIdsGoldenTests {

  /** Their contents hold special tokens, which the reference parses and we do not. */
  private static final Set<String> HOSTILE = Set.of("injection");

  @Test
  void idsAreThoseOfTheReference() {
    Map<String, Tokenizer> tokenizers = new HashMap<>();
    JsonNode templates = ChatTemplateGoldenTests.json("templates.json");
    for (JsonNode golden : ChatTemplateGoldenTests.json("hf_templates_golden.json")) {
      JsonNode definition = templates.get(golden.get("template").asString());
      String vocabulary = definition.get("tokenizer").asString();
      Tokenizer tokenizer = tokenizers.computeIfAbsent(vocabulary, ChatIdsGoldenTests::tokenizer);
      ChatTemplate template = ChatTemplate.compile(definition.get("template").asString());
      MarkedText text = template.render(ChatTemplateGoldenTests.input(golden, vocabulary));
      int[] ids = tokenizer.encodePrompt(text).toArray();
      String name = golden.get("template") + " " + golden.get("case");
      if (HOSTILE.contains(golden.get("case").asString())) {
        assertNothingInjected(name, tokenizer, text, ids);
      } else {
        assertThat(ids).as(name).containsExactly(expected(golden, tokenizer));
      }
    }
  }

  @Test
  void idsAreThoseOfMetasChatFormat() {
    Tokenizer tokenizer = tokenizer("llama3");
    for (JsonNode golden :
        ChatTemplateGoldenTests.json("meta_llama3_chatformat.json").get("cases")) {
      MarkedText text = BuiltInTemplateTests.metaLlama3(golden);
      assertThat(tokenizer.encodePrompt(text).toArray())
          .as(golden.get("case").asString())
          .containsExactly(Vocabularies.ints(golden.get("ids")));
    }
  }

  @Test
  void idsAreThoseOfMetasLlama2() {
    Tokenizer tokenizer = tokenizer("llama2");
    for (JsonNode golden : ChatTemplateGoldenTests.json("meta_llama2_chat.json").get("cases")) {
      MarkedText text = BuiltInTemplateTests.metaLlama2(golden);
      assertThat(tokenizer.encodePrompt(text).toArray())
          .as(golden.get("case").asString())
          .containsExactly(Vocabularies.ints(golden.get("ids")));
    }
  }

  @Test
  void idsAreThoseOfLlamaGuard() {
    for (JsonNode golden : ChatTemplateGoldenTests.json("llama_guard_meta.json").get("cases")) {
      if (golden.has("ids")) {
        boolean first = golden.get("version").asString().endsWith("1");
        Tokenizer tokenizer = tokenizer(first ? "llama2" : "llama3");
        assertThat(tokenizer.encodePrompt(BuiltInTemplateTests.guard(golden)).toArray())
            .as(golden.get("version") + " " + golden.get("case"))
            .containsExactly(Vocabularies.ints(golden.get("ids")));
      }
    }
  }

  /** A template without a beginning-of-text token gets one as any prompt does. */
  private static int[] expected(JsonNode golden, Tokenizer tokenizer) {
    int[] ids = Vocabularies.ints(golden.get("ids"));
    int bos = tokenizer.controlToken(tokenizer.beginOfText()).orElseThrow();
    assertThat(ids).contains(bos);
    return ids;
  }

  private static void assertNothingInjected(
      String name, Tokenizer tokenizer, MarkedText text, int[] ids) {
    StringBuilder scaffold = new StringBuilder();
    text.spans().stream()
        .filter(span -> span.origin() == MarkedText.Origin.SCAFFOLD)
        .forEach(span -> scaffold.append(span.text()));
    int[] ours = tokenizer.encodePrompt(MarkedText.scaffold(scaffold.toString())).toArray();
    assertThat(controls(tokenizer, ids)).as(name).containsExactly(controls(tokenizer, ours));
  }

  private static int[] controls(Tokenizer tokenizer, int[] ids) {
    return Arrays.stream(ids).filter(tokenizer::isControl).toArray();
  }

  private static Tokenizer tokenizer(String vocabulary) {
    String file = vocabulary.equals("llama2") ? "llama2" : "llama3";
    Path model =
        Path.of(System.getProperty("chasqui.shared", ""), "golden", "tokenizers", file)
            .resolve("tokenizer.model");
    assumeThat(model).as("real vocabularies").exists();
    return Tokenizer.of(VocabularyFiles.open(model));
  }
}
