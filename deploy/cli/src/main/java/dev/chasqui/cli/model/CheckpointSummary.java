package dev.chasqui.cli.model;

import dev.chasqui.cli.json.JsonRows;
import dev.chasqui.engine.api.TokenIds;
import dev.chasqui.engine.checkpoint.Checkpoint;
import dev.chasqui.engine.checkpoint.CheckpointFormat;
import dev.chasqui.engine.checkpoint.ModelConfig;
import dev.chasqui.engine.checkpoint.RopeScaling;
import dev.chasqui.engine.checkpoint.Vocabulary;
import dev.chasqui.engine.tensor.Tensor;
import dev.chasqui.engine.tokenize.Tokenizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.stream.IntStream;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a checkpoint is, for people and for programs.
 *
 * @param checkpoint open
 * @param format how it was published
 */
record CheckpointSummary(Checkpoint checkpoint, CheckpointFormat format) {

  private static final int KV_TOKENS = 1024;

  /** What is stored in one dtype. */
  private record Stored(int tensors, long values, long bytes) {

    Stored plus(Tensor tensor) {
      return new Stored(tensors + 1, values + tensor.values(), bytes + tensor.bytes().byteSize());
    }
  }

  private Map<String, Stored> byDtype() {
    Map<String, Stored> stored = new TreeMap<>();
    for (Tensor tensor : checkpoint.tensors().values()) {
      String dtype = tensor.dtype().name();
      stored.put(dtype, stored.getOrDefault(dtype, new Stored(0, 0, 0)).plus(tensor));
    }
    return stored;
  }

  private long weightBytes() {
    return byDtype().values().stream().mapToLong(Stored::bytes).sum();
  }

  private long parameters() {
    return byDtype().values().stream().mapToLong(Stored::values).sum();
  }

  /** Keys and values are float32 in every layer. */
  private long kvBytes() {
    ModelConfig config = checkpoint.config();
    return 2L * config.layers() * config.kvWidth() * Float.BYTES * KV_TOKENS;
  }

  ObjectNode json() {
    ModelConfig config = checkpoint.config();
    ObjectNode fields =
        JsonRows.object()
            .put("name", config.name())
            .put("format", format.name().toLowerCase(Locale.ROOT))
            .put("architecture", "llama")
            .put("parameters", parameters())
            .put("layers", config.layers())
            .put("hidden_size", config.hiddenSize())
            .put("ffn_size", config.ffnSize())
            .put("heads", config.heads())
            .put("kv_heads", config.kvHeads())
            .put("head_size", config.headSize())
            .put("context_length", config.contextLength())
            .put("tied_embeddings", config.tiedEmbeddings())
            .put("labels", config.labels());
    fields
        .putObject("rope")
        .put("theta", config.rope().theta())
        .put("scaling", scaling(config.rope().scaling()));
    ObjectNode quantisation = fields.putObject("quantisation");
    byDtype()
        .forEach((dtype, stored) ->
            quantisation
                .putObject(dtype)
                .put("tensors", stored.tensors)
                .put("values", stored.values)
                .put("bytes", stored.bytes));
    putTokenizer(fields.putObject("tokenizer"));
    fields.put("chat_template", checkpoint.chatTemplate().isPresent());
    fields
        .putObject("memory")
        .put("weights_bytes", weightBytes())
        .put("kv_bytes_per_1024_tokens", kvBytes());
    return fields;
  }

  private void putTokenizer(ObjectNode fields) {
    Vocabulary vocabulary = checkpoint.vocabulary();
    fields
        .put("kind", vocabulary.kind().name().toLowerCase(Locale.ROOT))
        .put("pre_tokenizer", vocabulary.preTokenizer())
        .put("pieces", vocabulary.size())
        .put("adds_bos", vocabulary.addBos());
    put(fields, "bos_token_id", vocabulary.special().beginOfText());
    put(fields, "eos_token_id", vocabulary.special().endOfText());
    fields.set("end_token_ids", JsonRows.array(endTokens()));
  }

  private TokenIds endTokens() {
    return TokenIds.of(
        IntStream.concat(
                Tokenizer.of(checkpoint.vocabulary()).endTokens().stream(),
                checkpoint.endTokens().stream())
            .distinct()
            .sorted()
            .toArray());
  }

  private static void put(ObjectNode fields, String name, OptionalInt id) {
    id.ifPresent(value -> fields.put(name, value));
  }

  String text() {
    ModelConfig config = checkpoint.config();
    Vocabulary vocabulary = checkpoint.vocabulary();
    List<String> lines = new ArrayList<>();
    line(lines, "name", config.name());
    line(lines, "format", format.name().toLowerCase(Locale.ROOT).replace('_', ' '));
    line(lines, "architecture", "llama, " + head(config));
    line(lines, "parameters", String.format(Locale.ROOT, "%,d", parameters()));
    line(
        lines,
        "sizes",
        "%d layers, hidden %d, ffn %d, %d heads of %d, %d KV heads"
            .formatted(
                config.layers(),
                config.hiddenSize(),
                config.ffnSize(),
                config.heads(),
                config.headSize(),
                config.kvHeads()));
    line(lines, "context", config.contextLength() + " tokens");
    line(
        lines,
        "rope",
        "theta %s, scaling %s"
            .formatted(number(config.rope().theta()), scaling(config.rope().scaling())));
    byDtype()
        .forEach((dtype, stored) ->
            line(
                lines,
                "stored as",
                "%s: %d tensors, %s".formatted(dtype, stored.tensors, size(stored.bytes))));
    line(
        lines,
        "tokenizer",
        "%s (%s), %d pieces, ends with %s"
            .formatted(
                vocabulary.kind().name().toLowerCase(Locale.ROOT).replace('_', ' '),
                vocabulary.preTokenizer(),
                vocabulary.size(),
                endTokens().stream().boxed().toList()));
    line(lines, "chat template", checkpoint.chatTemplate().isPresent() ? "yes" : "none");
    line(lines, "memory", size(weightBytes()) + " for the weights");
    line(lines, "", "%s for the KV of %d tokens".formatted(size(kvBytes()), KV_TOKENS));
    return String.join("\n", lines);
  }

  private static void line(List<String> lines, String name, String value) {
    lines.add("%-14s %s".formatted(name, value));
  }

  private static String head(ModelConfig config) {
    if (config.labels() > 0) {
      return "classifier of " + config.labels() + " labels";
    }
    return config.tiedEmbeddings() ? "tied embeddings" : "own output matrix";
  }

  private static String scaling(RopeScaling scaling) {
    return switch (scaling) {
      case RopeScaling.None _ -> "none";
      case RopeScaling.Linear(float factor) -> "linear, factor " + number(factor);
      case RopeScaling.Dynamic dynamic ->
          "dynamic NTK, factor %s, original context %d"
              .formatted(number(dynamic.factor()), dynamic.originalContextLength());
      case RopeScaling.Divisors _ -> "a divisor for each frequency (Llama 3.1)";
      case RopeScaling.Llama3 llama3 ->
          "llama3, factor %s, original context %d"
              .formatted(number(llama3.factor()), llama3.originalContextLength());
      case RopeScaling.Yarn yarn ->
          "yarn, factor %s, original context %d"
              .formatted(number(yarn.factor()), yarn.originalContextLength());
    };
  }

  private static String number(float value) {
    return value == Math.rint(value) ? Long.toString((long) value) : Float.toString(value);
  }

  private static String size(long bytes) {
    return bytes < 1 << 20
        ? String.format(Locale.ROOT, "%.1f KiB", bytes / 1024.0)
        : String.format(Locale.ROOT, "%.1f MiB", bytes / (1024.0 * 1024));
  }
}
