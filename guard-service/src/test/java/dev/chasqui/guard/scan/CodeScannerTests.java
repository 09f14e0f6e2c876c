package dev.chasqui.guard.scan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.guard.scan.code.Language;
import dev.chasqui.guard.verdict.Severity;
import java.util.List;
import org.junit.jupiter.api.Test;

class CodeScannerTests {

  private static final CodeScanner SCANNER = CodeScanner.builtIn();

  @Test
  void saysWhatIsWrongWhereAndWhatToDo() {
    List<Finding> findings = SCANNER.scan("import os\n\nos.system('ls ' + x)\n", Language.PYTHON);

    assertThat(findings).singleElement().satisfies(CodeScannerTests::isShellCommand);
  }

  private static void isShellCommand(Finding finding) {
    assertThat(finding.ruleId()).isEqualTo("python-shell-command");
    assertThat(finding.cwes()).containsExactly("CWE-78");
    assertThat(finding.severity()).isEqualTo(Severity.HIGH);
    assertThat(finding.line()).isEqualTo(3);
    assertThat(finding.column()).isEqualTo(1);
    assertThat(finding.remedy()).isNotBlank();
  }

  @Test
  void readsTheLanguageFromTheInfoStringAndElseFromTheCode() {
    assertThat(rules("```python\neval(x)\n```\n")).containsExactly("python-eval");
    assertThat(rules("```js\neval(x)\n```\n")).containsExactly("js-eval");
    assertThat(rules("```\nimport os\nos.system(a + b)\n```\n"))
        .containsExactly("python-shell-command");
  }

  @Test
  void leavesProseInlineCodeCommentsAndStringsAlone() {
    assertThat(rules("Never call `eval(x)`.\n\n    eval(x)\n")).isEmpty();
    assertThat(rules("```python\n# eval(x)\ns = 'eval(x)'\n```\n")).isEmpty();
  }

  @Test
  void countsLinesInTheWholeText() {
    assertThat(SCANNER.scanMarkdown("a\n\n```c\nint b;\ngets(s);\n```\n"))
        .extracting(Finding::line)
        .containsExactly(5);
  }

  @Test
  void followsANameToItsLiterals() {
    assertThat(rules("```python\ncmd = 'ls'\nos.system(cmd)\n```\n")).isEmpty();
    assertThat(rules("```python\ncmd = 'ls'\ncmd += x\nos.system(cmd)\n```\n")).isNotEmpty();
    assertThat(rules("```python\ncmd = 'ls ' + x\nos.system(cmd)\n```\n")).isNotEmpty();
    assertThat(rules("```python\ndef f(cmd='ls'):\n    os.system(cmd)\n```\n")).isNotEmpty();
  }

  @Test
  void reportsOneWeaknessOfALineOnceAsTheWorst() {
    assertThat(SCANNER.scan("sprintf(buf, \"%s\", name);", Language.C))
        .extracting(Finding::ruleId)
        .containsExactly("c-sprintf-string");
  }

  @Test
  void staysFastOnHostileCode() {
    String hostile = "eval(".repeat(20_000) + "os.system(" + "(".repeat(20_000);

    assertThat(SCANNER.scan(hostile, Language.PYTHON)).hasSizeLessThan(200);
  }

  private static List<String> rules(String markdown) {
    return SCANNER.scanMarkdown(markdown).stream().map(Finding::ruleId).toList();
  }
}
