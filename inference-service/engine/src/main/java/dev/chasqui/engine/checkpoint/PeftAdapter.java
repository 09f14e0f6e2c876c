package dev.chasqui.engine.checkpoint;

import dev.chasqui.engine.api.CheckpointException;
import dev.chasqui.engine.tensor.Tensor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads a LoRA adapter as {@code save_pretrained} of peft writes it: {@code adapter_config.json}
 * and {@code adapter_model.safetensors}.
 */
final class PeftAdapter {

  static final String CONFIG = "adapter_config.json";
  private static final String WEIGHTS = "adapter_model.safetensors";

  /** With a name before {@code weight} where the state of a model with named adapters was saved. */
  private static final Pattern NAME =
      Pattern.compile(
          "(?:base_model\\.model\\.)?([a-z0-9_.]{1,100})\\.lora_([AB])(?:\\.[A-Za-z0-9_-]{1,64})?\\.weight");

  private final Path folder;
  private final PeftConfig config;
  private final Path weights;
  private final ChangePairs pairs;
  private final WeightFiles files;

  private PeftAdapter(Path folder, WeightFiles files) {
    this.folder = folder;
    this.weights = folder.resolve(WEIGHTS);
    this.files = files;
    this.pairs = new ChangePairs(files);
    this.config = PeftConfig.read(existing(folder.resolve(CONFIG)));
  }

  /** The configuration is mapped too: the hash of an adapter covers its scale. */
  static AdapterCheckpoint.Contents read(Path folder, WeightFiles files) {
    PeftAdapter adapter = new PeftAdapter(folder, files);
    files.map(folder.resolve(CONFIG));
    return adapter.read();
  }

  private AdapterCheckpoint.Contents read() {
    Map<String, Tensor> tensors = SafetensorsFile.read(weights, files.map(existing(weights)));
    tensors.forEach(this::put);
    return new AdapterCheckpoint.Contents(Rope.Pairing.HALVES, pairs.changes(config::scale));
  }

  private void put(String name, Tensor tensor) {
    Matcher parts = NAME.matcher(name);
    if (!parts.matches()) {
      throw unknown(name, tensor);
    }
    String weight =
        HuggingFaceNames.canonical(parts.group(1) + ".weight")
            .orElseThrow(() -> unknown(name, tensor));
    ChangePairs.Half half =
        parts.group(2).equals("A") ? ChangePairs.Half.DOWN : ChangePairs.Half.UP;
    pairs.put(weight, half, tensor);
  }

  private CheckpointException unknown(String name, Tensor tensor) {
    return new CheckpointException(
        "%s: found %s, expected lora_A and lora_B of linear layers of a Llama model. Changes of embeddings, whole layers (modules_to_save), biases and DoRA magnitudes are not supported: merge the adapter into its base instead."
            .formatted(
                files.place(tensor), name.length() > 200 ? name.substring(0, 200) + "…" : name));
  }

  private Path existing(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new CheckpointException(
          "%s has no %s: a PEFT adapter is a folder with %s and %s"
              .formatted(folder, file.getFileName(), CONFIG, WEIGHTS));
    }
    return file;
  }
}
