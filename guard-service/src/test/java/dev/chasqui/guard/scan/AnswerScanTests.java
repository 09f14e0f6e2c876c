package dev.chasqui.guard.scan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AnswerScanTests {

  private static final CodeScanner SCANNER = CodeScanner.builtIn();
  private final AnswerScan scan = new AnswerScan(SCANNER);

  @Test
  void reportsAWeaknessOnceAsSoonAsItIsThere() {
    assertThat(rules("Like so:\n``")).isEmpty();
    assertThat(rules("`python\nos.system(a + b)\nx")).containsExactly("python-shell-command");
    assertThat(rules(" = 1\n```\n")).isEmpty();
    assertThat(scan.end()).isEmpty();
  }

  @Test
  void waitsForTheEndOfACallAndOfAStatement() {
    assertThat(rules("```python\ncfg = yaml.load(f, ")).isEmpty();
    assertThat(rules("Loader=yaml.SafeLoader)\n```\n")).isEmpty();
    assertThat(rules("```js\nel.innerHTML = ")).isEmpty();
    assertThat(rules("DOMPurify.sanitize(x);\n```\n")).isEmpty();
  }

  @Test
  void waitsForTheEndOfTheBlockWhereLaterCodeMayExcuse() {
    String start = "```java\nvar f = DocumentBuilderFactory.newInstance();\n";
    assertThat(rules(start)).isEmpty();
    String feature =
        "f.setFeature(\"http://apache.org/xml/features/disallow-doctype-decl\", true);\n";
    assertThat(rules(feature + "```\n")).isEmpty();

    assertThat(rules(start)).isEmpty();
    assertThat(scan.end()).extracting(Finding::ruleId).containsExactly("java-xml-entities");
    assertThat(scan.end()).isEmpty();
  }

  @Test
  void countsLinesOfTheAnswer() {
    scan.read("1\n2\n```c\n4\n```\n```c\n");

    assertThat(scan.read("7\ngets(s);\n")).extracting(Finding::line).containsExactly(8);
  }

  @Test
  void findsTheSameHoweverTheAnswerIsCut() {
    String answer =
        "a\n\n```python\nimport os\nos.system(x + y)\neval(z)\n```\n\n~~~ c\ngets(b);\n~~~\n";
    List<Finding> whole = SCANNER.scanMarkdown(answer);
    assertThat(whole).hasSize(3);

    for (int length = 1; length < 20; length++) {
      AnswerScan cut = new AnswerScan(SCANNER);
      List<Finding> found = new ArrayList<>();
      for (int at = 0; at < answer.length(); at += length) {
        found.addAll(cut.read(answer.substring(at, Math.min(answer.length(), at + length))));
      }
      found.addAll(cut.end());
      assertThat(found).as("pieces of %d", length).isEqualTo(whole);
    }
  }

  @Test
  void findsWhatIsNewInALongBlockAndAllOfItWhenItCloses() {
    scan.read("```python\n" + "x = 1\n".repeat(1000));
    assertThat(rules("eval(y)\nz = 2\n")).containsExactly("python-eval");

    assertThat(rules("```\n")).isEmpty();
    assertThat(scan.read("```python\neval(y)\n```\n"))
        .extracting(Finding::line)
        .containsExactly(1006);
  }

  private List<String> rules(String piece) {
    return scan.read(piece).stream().map(Finding::ruleId).toList();
  }
}
