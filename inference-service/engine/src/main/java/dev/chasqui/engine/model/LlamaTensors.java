package dev.chasqui.engine.model;

import dev.chasqui.engine.api.CheckpointException;
import dev.chasqui.engine.backend.Weight;
import dev.chasqui.engine.checkpoint.Checkpoint;
import dev.chasqui.engine.checkpoint.ModelConfig;
import dev.chasqui.engine.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The weights of a Llama model by their role, with the shapes that its configuration asks for.
 *
 * @param config the sizes
 * @param tensors what the checkpoint holds, by canonical name
 */
record LlamaTensors(ModelConfig config, Map<String, Tensor> tensors) {

  private static final int MOST_TOLD = 40;

  Weight embedding() {
    return new Weight("token_embd.weight", config.vocabularySize(), config.hiddenSize());
  }

  Weight outputNorm() {
    return new Weight("output_norm.weight", 1, config.hiddenSize());
  }

  /** The output matrix: the embedding table where the two are tied, the head of a classifier. */
  Weight output() {
    if (config.labels() > 0) {
      return new Weight("cls.output.weight", config.labels(), config.hiddenSize());
    }
    return config.tiedEmbeddings()
        ? embedding()
        : new Weight("output.weight", config.vocabularySize(), config.hiddenSize());
  }

  Weight norm(int layer, String role) {
    return new Weight(name(layer, role, "weight"), 1, config.hiddenSize());
  }

  Weight matrix(int layer, String role, int outputs, int inputs) {
    return new Weight(name(layer, role, "weight"), outputs, inputs);
  }

  /** The bias of a projection, where the checkpoint has one. */
  Optional<Weight> bias(int layer, String role, int outputs) {
    String name = name(layer, role, "bias");
    return tensors.containsKey(name) ? Optional.of(new Weight(name, 1, outputs)) : Optional.empty();
  }

  /**
   * Holds the checkpoint against the configuration.
   *
   * @param needed what the program takes
   * @param checkpoint where the tensors are from, for messages
   * @throws CheckpointException with the tensors that are missing or of another shape
   */
  void check(List<Weight> needed, Checkpoint checkpoint) {
    List<String> faults = new ArrayList<>();
    for (Weight weight : needed) {
      fault(weight, checkpoint).ifPresent(faults::add);
    }
    if (!faults.isEmpty()) {
      String more =
          faults.size() > MOST_TOLD ? "; and %d more".formatted(faults.size() - MOST_TOLD) : "";
      List<String> told = faults.subList(0, Math.min(MOST_TOLD, faults.size()));
      throw new CheckpointException(
          "%s: found tensors of %s that do not fit: %s%s, expected those of its configuration"
              .formatted(checkpoint.place(), config.name(), String.join("; ", told), more));
    }
  }

  private Optional<String> fault(Weight weight, Checkpoint checkpoint) {
    Tensor tensor = tensors.get(weight.name());
    if (tensor == null) {
      return Optional.of(weight.name() + " is missing");
    }
    boolean fits = tensor.rows() == weight.rows() && tensor.columns() == weight.columns();
    return fits
        ? Optional.empty()
        : Optional.of(
            "%s is %s (%s), expected [%d, %d]"
                .formatted(
                    weight.name(),
                    Arrays.toString(tensor.shape()),
                    checkpoint.place(tensor),
                    weight.rows(),
                    weight.columns()));
  }

  private static String name(int layer, String role, String part) {
    return "blk." + layer + "." + role + "." + part;
  }
}
