package dev.chasqui.engine.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.chasqui.engine.api.InvalidRequestException;
import dev.chasqui.engine.api.Prompt;
import dev.chasqui.engine.api.Prompt.Infill.Order;
import dev.chasqui.engine.checkpoint.Vocabulary;
import dev.chasqui.engine.checkpoint.Vocabulary.PieceType;
import dev.chasqui.engine.checkpoint.VocabularyFiles;
import dev.chasqui.engine.checkpoint.VocabularySource;
import dev.chasqui.engine.tokenize.Tokenizer;
import dev.chasqui.engine.tokenize.Vocabularies;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

class InfillTokensTests {

  /** Behind the pieces that Code Llama shares with Llama 2 (codellama 7B and 13B). */
  private static final List<String> MARKERS =
      List.of(
          "a0",
          "a1",
          "a2",
          "a3",
          "a4",
          "a5",
          "a6",
          "\u2581<PRE>",
          "\u2581<SUF>",
          "\u2581<MID>",
          "\u2581<EOT>");

  @Test
  void idsAreThoseOfMetasCode() throws IOException {
    Tokenizer tokenizer = codeLlama();
    for (JsonNode golden : goldens()) {
      String prefix = golden.get("prefix").asString();
      String suffix = golden.get("suffix").asString();
      assertThat(ids(tokenizer, prefix, suffix, Order.PREFIX_FIRST))
          .containsExactly(Vocabularies.ints(golden.get("psm_ids")));
      assertThat(ids(tokenizer, prefix, suffix, Order.SUFFIX_FIRST))
          .containsExactly(Vocabularies.ints(golden.get("spm_ids")));
    }
  }

  @Test
  void theEndOfAFillEndsTheAnswer() {
    assertThat(codeLlama().endTokens().toArray()).contains(32010);
  }

  @Test
  void aModelWithoutTheMarkersSaysSo() {
    Tokenizer tokenizer = Vocabularies.tokenizer("tiny-llama2");
    assertThatThrownBy(() -> ids(tokenizer, "a", "b", Order.PREFIX_FIRST))
        .isInstanceOfSatisfying(
            InvalidRequestException.class,
            e -> assertThat(e.code()).isEqualTo("infill-not-supported"))
        .hasMessageContaining("Code Llama");
  }

  private static int[] ids(Tokenizer tokenizer, String prefix, String suffix, Order order) {
    return InfillTokens.of(tokenizer, new Prompt.Infill(prefix, suffix, order)).toArray();
  }

  private static Tokenizer codeLlama() {
    Path model =
        Path.of(System.getProperty("chasqui.shared", ""))
            .resolve("golden/tokenizers/llama2/tokenizer.model");
    assumeThat(model).as("the real vocabulary of Llama 2").exists();
    Vocabulary llama2 = VocabularyFiles.open(model);
    List<String> pieces = new ArrayList<>(llama2.pieces());
    pieces.addAll(MARKERS);
    List<PieceType> types = new ArrayList<>(llama2.types());
    MARKERS.forEach(marker -> types.add(PieceType.CONTROL));
    return Tokenizer.of(
        new Vocabulary(
            llama2.kind(),
            llama2.preTokenizer(),
            pieces,
            Arrays.copyOf(llama2.scores(), pieces.size()),
            types,
            llama2.merges(),
            llama2.special(),
            llama2.addBos(),
            llama2.addEos(),
            llama2.addSpacePrefix(),
            VocabularySource.MEMORY));
  }

  private static JsonNode goldens() throws IOException {
    try (InputStream in =
        InfillTokensTests.class.getResourceAsStream(
            "/dev/chasqui/engine/chat/codellama_infill.json")) {
      return new ObjectMapper().readTree(in).get("cases");
    }
  }
}
