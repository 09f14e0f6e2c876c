package dev.chasqui.engine.tokenize;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.engine.api.MarkedText;
import dev.chasqui.engine.api.TokenIds;
import dev.chasqui.engine.checkpoint.Checkpoint;
import dev.chasqui.engine.checkpoint.Checkpoints;
import dev.chasqui.engine.checkpoint.GgufExport;
import dev.chasqui.engine.model.GoldenModel;
import dev.chasqui.engine.tensor.Dtype;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Tokenizers that went from their own files into GGUF. */
class ExportedTokenizerTests {

  @TempDir private Path folder;

  /** 07 has merges only, 14b scores only, 05 ranks of byte-level merges. */
  @ParameterizedTest
  @CsvSource({
    "07-yarn,             tiny-llama2",
    "14b-meta-llama2-mp2, tiny-llama2",
    "05-llama31,          tiny-llama3",
  })
  void encodeAndDecodeAsBefore(String model, String golden) {
    Path file = folder.resolve("model.gguf");
    try (Checkpoint checkpoint = Checkpoints.open(GoldenModel.of(model).file())) {
      GgufExport.write(checkpoint, file, Dtype.Q8_0);
    }
    Tokenizer tokenizer = Tokenizer.of(Checkpoints.vocabulary(file));
    for (JsonNode example : Vocabularies.json(golden + ".golden.json").get("cases")) {
      String text = example.get("text").asString();
      TokenIds ids = TokenIds.of(Vocabularies.ints(example.get("ids")));
      assertThat(tokenizer.encode(MarkedText.user(text))).as(text).isEqualTo(ids);
      assertThat(tokenizer.decode(ids)).isEqualTo(example.get("decoded").asString());
    }
  }
}
