package dev.chasqui.engine.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.chasqui.engine.api.InvalidRequestException;
import dev.chasqui.engine.api.MarkedText;
import dev.chasqui.engine.api.Prompt;
import dev.chasqui.engine.api.TokenIds;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LoadedModelTests {

  private final LoadedModel model = LoadedModel.open(GoldenModel.LLAMA_3_2.options());

  @AfterEach
  void close() {
    model.close();
  }

  @Test
  void givesTheLogitsOfTheGoldens() {
    for (GoldenModel.Example example : GoldenModel.LLAMA_3_2.examples()) {
      PromptLogits logits = model.logits(example.prompt());
      assertThat(logits.last()).containsExactly(example.lastLogits(), within(1e-3f));
      assertThat(logits.best().stream().map(TopLogits::ids)).isEqualTo(example.top5());
    }
  }

  @Test
  void ranksTheGreatestLogitsAsASortDoes() {
    Random random = new Random(4);
    for (int round = 0; round < 200; round++) {
      float[] row = new float[3 + random.nextInt(40)];
      for (int i = 0; i < row.length; i++) {
        row[i] = random.nextInt(12);
      }
      List<Integer> sorted =
          IntStream.range(0, row.length)
              .boxed()
              .sorted((one, other) -> Float.compare(row[other], row[one]))
              .limit(5)
              .toList();
      assertThat(TopLogits.of(row, 5).ids().stream().boxed()).isEqualTo(sorted);
    }
  }

  @Test
  void tokenizesAndBack() {
    TokenIds ids = model.encode(MarkedText.user("plain words"));
    assertThat(model.decode(ids)).isEqualTo("plain words");
    assertThatThrownBy(() -> model.decode(TokenIds.of(512)))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining("token ids of this model lie in [0, 511]");
  }

  @Test
  void rawTextGetsTheBeginningOfTextToken() {
    TokenIds ids = model.encodePrompt(new Prompt.Text(MarkedText.user("plain words")));
    assertThat(model.beginOfText()).hasValue(ids.get(0));
  }

  @Test
  void refusesTokensBeyondTheContext() {
    assertThatThrownBy(() -> model.logits(Requests.tokens(1, 257)))
        .hasMessageContaining("tokens are 257: the context holds 256");
  }

  @Test
  void opensWithWhatFitsTheModel() {
    EngineOptions options = EngineOptions.of(java.nio.file.Path.of("m"));
    assertThat(options.cache().contextLength(131_072)).isEqualTo(8192);
    assertThat(options.cache().contextLength(2048)).isEqualTo(2048);
    assertThat(options.cache().blocks(2048)).isEqualTo(512);
    assertThat(options.withKvTokens(1000).cache().contextLength(2048)).isEqualTo(1000);
    assertThat(options.withContextLength(16_384).cache().blocks(131_072)).isEqualTo(1024);
    assertThatThrownBy(() -> options.withThreads(0)).hasMessageContaining("threads is 0");
  }
}
