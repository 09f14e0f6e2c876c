package dev.chasqui.guard.classifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.chasqui.engine.runtime.EngineOptions;
import dev.chasqui.engine.runtime.LlamaEngine;
import dev.chasqui.guard.policy.Policies;
import dev.chasqui.guard.policy.Policy;
import dev.chasqui.guard.verdict.Score;
import dev.chasqui.guard.verdict.Verdict;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The guard adapter on its base gives the verdicts of its float32 reference. */
class DefaultGuardTests {

  private static final Path BASE =
      Path.of(
          System.getProperty("user.home"), ".cache/chasqui-checks/SmolLM2-135M-Instruct.Q4_1.gguf");
  private static final Path SHARED = Path.of(System.getProperty("chasqui.shared", "absent"));

  @TempDir Path directory;

  @Test
  void unpacksOnce() throws IOException {
    Path folder = DefaultGuard.unpackInto(directory);
    Path weights = folder.resolve("adapter_model.safetensors");
    Object key = Files.getAttribute(weights, "unix:ino");

    assertThat(DefaultGuard.unpackInto(directory)).isEqualTo(folder);
    assertThat(Files.getAttribute(weights, "unix:ino")).isEqualTo(key);
    Files.write(weights, new byte[3]);
    DefaultGuard.unpackInto(directory);
    assertThat(weights).hasSize(9_823_640);
    assertThat(folder).isDirectoryNotContaining("glob:**.part");
  }

  @Test
  void judgesAsItsReference() throws Exception {
    JsonNode references;
    try (InputStream stream =
        DefaultGuardTests.class.getResourceAsStream("default-guard-references.json")) {
      references = JsonMapper.shared().readTree(stream);
    }
    judgesAs(references, Map.of(), DefaultGuard.unpackInto(directory));
  }

  @Test
  void judgesWithTheGoldenAdapterAsItsReference() throws Exception {
    Path golden = SHARED.resolve("golden/smollm2-guard");
    assumeThat(golden).as("chasqui.shared has no goldens of the guard").matches(Files::exists);
    JsonNode references =
        JsonMapper.shared().readTree(golden.resolve("golden.json").toFile()).get("rows");
    judgesAs(references, rows(SHARED.resolve("data/guard/guard_extra.jsonl")), golden);
  }

  /** References name their row by id, or are rows themselves. */
  private static void judgesAs(JsonNode references, Map<String, JsonNode> rows, Path adapter)
      throws Exception {
    assumeThat(BASE).as("the default model was not fetched").matches(Files::exists);
    EngineOptions options = EngineOptions.of(BASE).withAdapters(Map.of(DefaultGuard.NAME, adapter));
    try (LlamaEngine engine = LlamaEngine.open(options)) {
      Classifier classifier =
          new Classifier(
              engine, GuardFormat.named(GuardFormat.DEFAULT_GUARD), Optional.of(DefaultGuard.NAME));
      assertThat(references).isNotEmpty();
      for (JsonNode reference : references) {
        JsonNode row = reference.has("id") ? rows.get(reference.get("id").asString()) : reference;
        judgesAs(reference, subject(row), engine, classifier);
      }
      assertThat(classifier.modelHash()).matches("[0-9a-f]{64}\\+[0-9a-f]{64}");
    }
  }

  private static void judgesAs(
      JsonNode reference, Subject subject, LlamaEngine engine, Classifier classifier)
      throws Exception {
    String text = subject.toString();
    assertThat(tokens(engine, subject)).as(text).containsExactly(ints(reference.get("tokens")));
    double logits =
        reference.get("unsafe_logit").asDouble() - reference.get("safe_logit").asDouble();
    Score score = score(judge(classifier, subject));
    assertThat(score.unsafe()).as(text).isCloseTo(1 / (1 + Math.exp(-logits)), within(0.02));
    assertThat(score.mass()).as(text).isGreaterThan(0.99);
  }

  private static int[] tokens(LlamaEngine engine, Subject subject) {
    GuardPrompt prompt =
        new GuardPrompt(GuardFormat.named(GuardFormat.DEFAULT_GUARD), engine.model());
    return engine.loaded().encodePrompt(prompt.render(List.of(), subject).prompt()).toArray();
  }

  private static Verdict judge(Classifier classifier, Subject subject) throws Exception {
    Policy policy =
        Policies.builtIn().choose("t", Optional.of(DefaultGuard.POLICY_ID)).orElseThrow();
    CompletableFuture<Verdict> verdict = new CompletableFuture<>();
    classifier.judge(subject, policy, verdict::complete);
    return verdict.get(2, TimeUnit.MINUTES);
  }

  private static Score score(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Safe(Score score) -> score;
      case Verdict.Review(Score score, _) -> score;
      case Verdict.Unsafe(Score score, _) -> score;
      case Verdict.Undecided undecided -> throw new AssertionError(undecided);
    };
  }

  private static Subject subject(JsonNode row) {
    List<Turn> turns = new ArrayList<>();
    turns.add(new Turn(Side.USER, row.get("text").asString()));
    if (row.get("role").asString().equals("assistant")) {
      turns.add(new Turn(Side.AGENT, row.get("response").asString()));
    }
    return new Subject("r", "t", turns);
  }

  private static Map<String, JsonNode> rows(Path file) throws IOException {
    Map<String, JsonNode> rows = new HashMap<>();
    for (String line : Files.readAllLines(file)) {
      JsonNode row = JsonMapper.shared().readTree(line);
      rows.put(row.get("id").asString(), row);
    }
    return rows;
  }

  private static int[] ints(JsonNode array) {
    return array.valueStream().mapToInt(JsonNode::intValue).toArray();
  }
}
