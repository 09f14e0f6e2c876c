package dev.chasqui.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.cli.fetch.ModelStore;
import dev.chasqui.cli.terminal.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLineTests {

  @TempDir Path home;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--help",
        "engine --help",
        "engine logits --help",
        "engine generate --help",
        "engine score --help",
        "engine tokenize --help",
        "engine detokenize --help",
        "engine bench --help",
        "model --help",
        "model inspect --help",
        "model convert --help",
        "submit --help",
        "tail --help",
        "batch --help",
        "review --help",
        "review list --help",
        "review show --help",
        "review approve --help",
        "review edit --help",
        "review reject --help",
        "guard --help",
        "guard score --help",
        "guard eval --help",
        "guard rejudge --help",
        "policy --help",
        "policy publish --help",
        "policy activate --help",
        "policy list --help",
        "policy show --help",
        "scan --help",
        "scan code --help"
      })
  void explainsEveryCommand(String line) {
    assertThat(run(line)).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8)).startsWith("Usage: chasqui");
    assertThat(err.size()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "engine",
        "engine logits",
        "engine logits --tokens 1,x",
        "engine logits --tokens 1 --in a --out b",
        "engine generate --tokens 1 --chat hello",
        "engine tokenize --in only-in.jsonl",
        "engine nonsense",
        "policy",
        "policy publish",
        "policy activate",
        "scan",
        "scan code",
        "scan code no/such.py",
        "scan code --json --sarif pom.xml",
        "scan code --language klingon pom.xml",
        "model",
        "model convert a b",
        "model convert a b --type Q9",
        "tail",
        "review",
        "review show",
        "review approve",
        "review edit a",
        "review edit a --text x --file y",
        "review reject a --number 0"
      })
  void answersBadArgumentsWithALineAndCode2(String line) {
    assertThat(run(line)).isEqualTo(2);
    assertThat(lines()).hasSize(2).first().asString().startsWith("chasqui: ");
    assertThat(lines().getLast()).startsWith("Try: chasqui").endsWith("--help");
  }

  @Test
  void namesWhatIsWrongWithAPolicy() throws IOException {
    Path file = Files.writeString(home.resolve("a.policy"), "id=a\nunsafe-treshold=1");

    assertThat(run("policy publish " + file)).isEqualTo(1);
    assertThat(String.join("\n", lines())).contains("unsafe-treshold is not a key of a policy");
  }

  @Test
  void namesAModelFileThatIsMissing() {
    assertThat(run("engine tokenize --model no/such.gguf --text x")).isEqualTo(1);
    assertThat(lines()).singleElement().asString().contains("no/such.gguf does not exist");
  }

  @Test
  void namesAnAdapterThatIsMissing() {
    assertThat(
            run(
                "engine logits --model"
                    + " ../../inference-service/engine/src/test/resources/golden/gguf-04-llama3/model-Q8_0.gguf"
                    + " --tokens 1 --lora some/dir"))
        .isEqualTo(1);
    assertThat(lines()).singleElement().asString().contains("some/dir does not exist");
  }

  /** The tiny checkpoints of the engine's tests. */
  private static final String GOLDEN = "../../inference-service/engine/src/test/resources/golden/";

  @Test
  void inspectsACheckpointForPeopleAndPrograms() {
    assertThat(run("model inspect " + GOLDEN + "05-llama31")).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains("2 layers, hidden 64, ffn 192, 4 heads of 16, 2 KV heads")
        .contains("llama3, factor 8, original context 64")
        .contains("BF16: 21 tensors")
        .contains("byte level bpe (llama-bpe), 512 pieces, ends with [497, 504, 505]")
        .contains("512.0 KiB for the KV of 1024 tokens");
    out.reset();
    assertThat(run("model inspect --json " + GOLDEN + "12-seqcls")).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains("\"format\":\"hugging_face\"", "\"labels\":1", "\"kv_bytes_per_1024_tokens\":");
  }

  @Test
  void scoresTokensWithAClassifierHead() {
    String line = "engine score --backend scalar --json --model " + GOLDEN;
    assertThat(run(line + "12-seqcls --tokens 240")).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8)).startsWith("{\"scores\":[6.207");
    assertThat(run(line + "05-llama31 --tokens 240")).isEqualTo(2);
    assertThat(lines()).last().asString().contains("without a classifier head");
  }

  @Test
  void convertsACheckpointOnce() {
    Path gguf = home.resolve("model.gguf");
    String line = "model convert " + GOLDEN + "05-llama31 " + gguf + " --type q8_0";
    assertThat(run(line)).isZero();
    assertThat(run("model inspect " + gguf)).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8)).contains("Q8_0: ", "format         gguf");
    assertThat(run(line)).isEqualTo(1);
    assertThat(lines()).last().asString().contains("exists already");
  }

  @Test
  void refusesATemperatureOutOfRange() {
    assertThat(run("engine generate --model pom.xml --tokens 1 --temperature 3")).isEqualTo(2);
    assertThat(lines()).singleElement().asString().contains("temperature is 3.0");
  }

  private List<String> lines() {
    return err.toString(StandardCharsets.UTF_8).lines().toList();
  }

  private int run(String line) {
    Terminal terminal = new Terminal(stream(out), stream(err), false, false, 80, false);
    Surroundings surroundings =
        new Surroundings(terminal, Map.of(), ModelStore.of(Map.of(), home, terminal));
    return Chasqui.commandLine(surroundings)
        .execute(line.isEmpty() ? new String[0] : line.split(" "));
  }

  private static PrintStream stream(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }
}
