package dev.chasqui.engine.model;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A small model with random weights and what it must compute, made with transformers and torch.
 *
 * @param name folder, and quantisation where there are several
 * @param file the checkpoint: a GGUF file or a folder
 * @param goldenFile what it must compute
 */
public record GoldenModel(String name, Path file, Path goldenFile) {

  private static final List<String> GGUF_FOLDERS =
      List.of("gguf-02-llama2-gqa", "gguf-04-llama3", "gguf-06-llama32");

  private static final List<String> FOLDERS =
      List.of(
          "01-llama1-mha",
          "02-llama2-gqa",
          "03-codellama",
          "04-llama3",
          "05-llama31",
          "06-llama32",
          "07-yarn",
          "07b-yarn-attnfactor",
          "08-linear",
          "09-dynamic-ntk",
          "10-bias",
          "11-sharded",
          "14-meta-llama3-mp1",
          "14-meta-llama3-mp2",
          "14b-meta-llama2-mp2");

  /**
   * One prompt of a golden file.
   *
   * @param tokens the prompt
   * @param lastLogits logits after its last token
   * @param best the best token after each token
   * @param greedy what follows by argmax
   * @param margins how far the best logit was ahead at each step
   */
  public record Case(int[] tokens, float[] lastLogits, int[] best, int[] greedy, float[] margins) {}

  /** Returns the models of the test resources. */
  public static Stream<GoldenModel> ofResources() {
    return Stream.concat(ggufOfResources(), folders(resources()));
  }

  /** Returns the GGUF files of the test resources. */
  public static Stream<GoldenModel> ggufOfResources() {
    return ggufFiles(resources());
  }

  /** Returns the models of the shared golden folders; none where they are absent. */
  public static Stream<GoldenModel> ofShared() {
    Path shared = Path.of(System.getProperty("chasqui.shared", "absent"), "golden");
    return Stream.concat(ggufFiles(shared), folders(shared));
  }

  /** Returns one GGUF file of the test resources. */
  public static GoldenModel of(String folder, String type) {
    return gguf(resources().resolve(folder), type);
  }

  /** Returns one folder of the test resources. */
  public static GoldenModel of(String folder) {
    return folder(resources().resolve(folder));
  }

  private static Stream<GoldenModel> folders(Path golden) {
    return FOLDERS.stream()
        .map(golden::resolve)
        .filter(Files::isDirectory)
        .map(GoldenModel::folder);
  }

  private static Stream<GoldenModel> ggufFiles(Path golden) {
    return GGUF_FOLDERS.stream()
        .map(golden::resolve)
        .filter(Files::isDirectory)
        .flatMap(GoldenModel::ggufIn);
  }

  private static Stream<GoldenModel> ggufIn(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.startsWith("model-"))
          .sorted()
          .map(name -> gguf(folder, name.substring(6, name.length() - 5)))
          .toList()
          .stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static GoldenModel gguf(Path folder, String type) {
    return new GoldenModel(
        folder.getFileName() + " " + type,
        folder.resolve("model-" + type + ".gguf"),
        folder.resolve("golden-" + type + ".json"));
  }

  private static GoldenModel folder(Path folder) {
    return new GoldenModel(folder.getFileName().toString(), folder, folder.resolve("golden.json"));
  }

  private static Path resources() {
    try {
      return Path.of(GoldenModel.class.getResource("/golden").toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Returns the whole golden file. */
  public JsonNode golden() {
    return JsonMapper.shared().readTree(goldenFile.toFile());
  }

  /** Returns the prompts. */
  public List<Case> cases() {
    return golden().get("prompts").valueStream().map(GoldenModel::readCase).toList();
  }

  /** Returns by how much a float32 engine may be off. */
  public float tolerance() {
    return golden().get("tolerance").get("recommended_abs_tol_logits").floatValue();
  }

  /** Returns by how much llama.cpp is off, whose activations are rounded to int8; 0 if unknown. */
  public float llamaCppDeviation() {
    return golden().get("tolerance").path("llamacpp_vs_golden_max_abs").floatValue(0);
  }

  private static Case readCase(JsonNode node) {
    int[] best =
        node.get("top5_ids").valueStream().mapToInt(ids -> ids.get(0).intValue()).toArray();
    return new Case(
        ints(node.get("tokens")),
        floats(node.get("last_logits")),
        best,
        ints(node.get("greedy")),
        floats(node.get("greedy_margins")));
  }

  private static int[] ints(JsonNode array) {
    return array.valueStream().mapToInt(JsonNode::intValue).toArray();
  }

  private static float[] floats(JsonNode array) {
    float[] floats = new float[array.size()];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) array.get(i).doubleValue();
    }
    return floats;
  }

  @Override
  public String toString() {
    return name;
  }
}
