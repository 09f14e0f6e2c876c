package dev.chasqui.engine.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chasqui.engine.api.CheckpointException;
import dev.chasqui.engine.backend.AttentionShape;
import dev.chasqui.engine.backend.Backend;
import dev.chasqui.engine.backend.Backends;
import dev.chasqui.engine.backend.KvShape;
import dev.chasqui.engine.backend.Op;
import dev.chasqui.engine.backend.Program;
import dev.chasqui.engine.backend.Weight;
import dev.chasqui.engine.checkpoint.Checkpoint;
import dev.chasqui.engine.checkpoint.Checkpoints;
import dev.chasqui.engine.checkpoint.ModelConfig;
import dev.chasqui.engine.tensor.Dtype;
import dev.chasqui.engine.tensor.RandomTensors;
import dev.chasqui.engine.tensor.Tensor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TransformerTests {

  private final Checkpoint checkpoint =
      Checkpoints.open(GoldenModel.of("gguf-06-llama32", "Q4_0").file());
  private final ModelConfig config = checkpoint.config();

  @AfterEach
  void close() {
    checkpoint.close();
  }

  @Test
  void readsAsThePaper() {
    Program program = program(checkpoint.tensors());
    assertThat(program.ops().stream().map(op -> op.getClass().getSimpleName()).limit(14))
        .containsExactly(
            "Embed", "RmsNorm", "Project", "Rotate", "Rotate", "StoreKv", "Attend", "Project",
            "Add", "RmsNorm", "Project", "SwiGlu", "Project", "Add");
    assertThat(program.layers()).isEqualTo(2);
    assertThat(program.attention()).isEqualTo(new AttentionShape(4, 2, 32));
    assertThat(program.vocabularySize()).isEqualTo(512);
  }

  @Test
  void multipliesWithTheEmbeddingTableWhereItIsTied() {
    assertThat(program(checkpoint.tensors()).weights())
        .contains(new Weight("token_embd.weight", 512, 64))
        .noneMatch(weight -> weight.name().equals("output.weight"));
  }

  @Test
  void addsBiasesWhereTheCheckpointHasThem() {
    Map<String, Tensor> tensors = new HashMap<>(checkpoint.tensors());
    tensors.put("blk.1.attn_k.bias", RandomTensors.of(Dtype.F32, 1, 64, 1));
    List<Op> biases = program(tensors).ops().stream().filter(Op.AddBias.class::isInstance).toList();
    assertThat(biases).hasSize(1);
    assertThat(((Op.AddBias) biases.getFirst()).bias())
        .isEqualTo(new Weight("blk.1.attn_k.bias", 1, 64));
  }

  @Test
  void namesEveryTensorThatIsMissingOrOfAnotherShape() {
    Map<String, Tensor> tensors = new HashMap<>(checkpoint.tensors());
    tensors.remove("blk.0.ffn_up.weight");
    tensors.put("blk.1.attn_q.weight", RandomTensors.of(Dtype.F32, 64, 64, 1));
    LlamaTensors llama = new LlamaTensors(config, tensors);
    List<Weight> needed = LlamaProgram.of(config, llama).weights();
    assertThatThrownBy(() -> llama.check(needed, checkpoint))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining("blk.0.ffn_up.weight is missing")
        .hasMessageContaining("blk.1.attn_q.weight is [64, 64] (");
  }

  @Test
  void refusesMoreKvMemoryThanAnArrayHolds() {
    Backend scalar = Backends.choose("scalar", 1).backend();
    KvShape tooMuch = new KvShape(1 << 24, 16);
    assertThatThrownBy(() -> Transformer.load(checkpoint, scalar, tooMuch))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("take at most 33554431 tokens");
  }

  private Program program(Map<String, Tensor> tensors) {
    return LlamaProgram.of(config, new LlamaTensors(config, tensors));
  }
}
