package dev.chasqui.cli.scan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.cli.Surroundings;
import dev.chasqui.cli.fetch.ModelStore;
import dev.chasqui.cli.terminal.Terminal;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ScanCodeTests {

  private static final String UNSAFE = "import os\nos.system('rm ' + path)\n";

  @TempDir Path folder;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void printsALineAFindingAndExitsWith1() throws IOException {
    Path file = write("a.py", UNSAFE);

    assertThat(run(file.toString())).isEqualTo(1);
    assertThat(text()).startsWith(file + ":2:1: high CWE-78 python-shell-command: ");
    assertThat(err.toString(StandardCharsets.UTF_8)).isEqualTo("1 finding in 1 file\n");
  }

  @Test
  void exitsWith0WhereNothingIsFound() throws IOException {
    assertThat(run(write("a.py", "print('hello')\n").toString())).isZero();
    assertThat(text()).isEmpty();
  }

  @Test
  void scansTheFencedBlocksOfMarkdownAlone() throws IOException {
    Path file = write("a.md", "os.system(x)\n\n```python\n" + UNSAFE + "```\n");

    assertThat(run("--json", file.toString())).isEqualTo(1);
    JsonNode findings = new JsonMapper().readTree(text()).get("findings");
    assertThat(findings.size()).isEqualTo(1);
    assertThat(findings.get(0).get("line").asInt()).isEqualTo(5);
    assertThat(findings.get(0).get("cwe").get(0).asString()).isEqualTo("CWE-78");
    assertThat(findings.get(0).get("file").asString()).isEqualTo(file.toString());
  }

  @Test
  void readsStandardInput() {
    assertThat(runWithInput(UNSAFE, "--language", "py", "-")).isEqualTo(1);
    assertThat(text()).startsWith("-:2:1: ");
  }

  @Test
  void guessesTheLanguageOfStandardInput() {
    assertThat(runWithInput("#include <stdio.h>\nint main() { char b[9]; gets(b); }\n", "-"))
        .isEqualTo(1);
    assertThat(text()).contains("c-gets");
  }

  @Test
  void leavesMilderFindingsOutWhereAsked() throws IOException {
    Path file = write("a.js", "const id = Math.random();\n");

    assertThat(run(file.toString())).isEqualTo(1);
    assertThat(run("--severity", "high", file.toString())).isZero();
  }

  @Test
  void writesSarifWithTheRulesThatFoundSomething() throws IOException {
    Path file = write("a b.py", UNSAFE);

    assertThat(run("--sarif", file.toString())).isEqualTo(1);
    JsonNode log = new JsonMapper().readTree(text());
    assertThat(log.get("version").asString()).isEqualTo("2.1.0");
    JsonNode run = log.get("runs").get(0);
    JsonNode rule = run.get("tool").get("driver").get("rules").get(0);
    JsonNode result = run.get("results").get(0);
    assertThat(rule.get("id").asString()).isEqualTo("python-shell-command");
    assertThat(rule.get("properties").get("tags").toString()).contains("external/cwe/cwe-78");
    assertThat(result.get("ruleIndex").asInt()).isZero();
    assertThat(result.get("level").asString()).isEqualTo("error");
    JsonNode place = result.get("locations").get(0).get("physicalLocation");
    assertThat(place.get("region").get("startLine").asInt()).isEqualTo(2);
    assertThat(place.get("artifactLocation").get("uri").asString()).endsWith("/a%20b.py");
  }

  private String text() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  private int runWithInput(String input, String... arguments) {
    InputStream before = System.in;
    System.setIn(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)));
    try {
      return run(arguments);
    } finally {
      System.setIn(before);
    }
  }

  private int run(String... arguments) {
    PrintStream errors = new PrintStream(err, true, StandardCharsets.UTF_8);
    Terminal terminal =
        new Terminal(
            new PrintStream(out, true, StandardCharsets.UTF_8), errors, false, false, 80, false);
    Surroundings surroundings =
        new Surroundings(terminal, Map.of(), ModelStore.of(Map.of(), folder, terminal));
    return new CommandLine(new ScanCodeCommand(surroundings))
        .setCaseInsensitiveEnumValuesAllowed(true)
        .execute(arguments);
  }
}
