package dev.chasqui.guard.scan.code;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SourceTextTests {

  /**
   * In each line {@code no} stands in a comment, {@code in} in a string and {@code yes} in code.
   */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "C          | yes(\"in \\\" in\", 'x'); // no \" no",
        "C          | yes /* no */ yes \"in /* in */\"",
        "CPP        | yes = R\"x(in \" in)\" in)x\"; yes",
        "CSHARP     | yes(@\"in \"\" in\\\"); yes",
        "CSHARP     | yes('\\'', \"in\") // no",
        "JAVA       | yes(\"in // in\"); yes /* no */",
        "JAVASCRIPT | yes = `in ${yes} in`; yes // no",
        "JAVASCRIPT | yes = /in\"in[/]in/g; yes / 2 / yes",
        "TYPESCRIPT | yes('in', \"in\") /* no */",
        "PHP        | yes('in'); # no",
        "PHP        | yes(\"in // in\"); // no",
        "PYTHON     | yes('in # in') # no",
        "PYTHON     | yes(r\"in\", f'in') # no 'no",
        "RUST       | yes(r#\"in \" in\"#); /* no /* no */ no */ yes<'a>('\\'')",
        "GO         | yes(`in \\`, \"in\\\"in\") // no",
        "SQL        | yes 'in '' in' -- no",
        "SHELL      | yes 'in' \"in\" $#yes # no",
        "SWIFT      | yes(\"in\") // no",
        "XML        | <yes><!-- no --></yes>",
      })
  void tellsCommentsAndStringsFromCode(Language language, String text) {
    SourceText source = SourceText.of(language, text);

    assertThat(source.view(View.CODE)).doesNotContain("no").hasSameSizeAs(text);
    assertThat(source.view(View.BARE)).doesNotContain("in").hasSameSizeAs(text);
    assertThat(count(source.view(View.BARE), "yes")).isEqualTo(count(text, "yes"));
    assertThat(count(source.view(View.CODE), "in")).isEqualTo(count(text, "in"));
  }

  @Test
  void takesAStringThatStandsAloneInPythonForAComment() {
    String text =
        "def f():\n"
            + "    \"\"\"no\n"
            + "    no\"\"\"\n"
            + "    x = \"\"\"in\"\"\"\n"
            + "    f(\n"
            + "    \"\"\"in\"\"\"\n"
            + ")\n";

    assertThat(SourceText.of(Language.PYTHON, text).view(View.CODE))
        .doesNotContain("no")
        .contains("x = \"\"\"in\"\"\"", "(\n    \"\"\"in\"\"\"");
  }

  @Test
  void readsAFragmentThatBeginsInsideAComment() {
    assertThat(SourceText.of(Language.JAVA, " * don't no\n */\nyes(\"in\");").view(View.BARE))
        .doesNotContain("no")
        .contains("yes");
    assertThat(SourceText.of(Language.PYTHON, "it's no\n\"\"\"\nyes('in')\n").view(View.BARE))
        .doesNotContain("no")
        .contains("yes");
  }

  @Test
  void endsAnUnclosedStringWithItsLine() {
    assertThat(SourceText.of(Language.C, "x = \"in\nyes();").view(View.BARE)).contains("yes();");
  }

  @Test
  void keepsPositionsWhereALowerCaseFormIsLonger() {
    assertThat(SourceText.of(Language.C, "\u0130 GETS(").lowerCase()).hasSize(7).endsWith(" gets(");
  }

  @Test
  void keepsLinesAndColumns() {
    SourceText source = SourceText.of(Language.C, "/* a\nb */ x;\ny;");

    assertThat(source.view(View.BARE)).isEqualTo("    \n     x;\ny;");
    assertThat(source.line(source.view(View.TEXT).indexOf('x'))).isEqualTo(2);
    assertThat(source.column(source.view(View.TEXT).indexOf('x'))).isEqualTo(6);
    assertThat(source.line(0)).isEqualTo(1);
    assertThat(source.column(0)).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource(Language.class)
  void readsAnyTextToItsEnd(Language language) {
    String signs = "\"'`/*#-<>$\\{}()@R\"x(r#\"\"\"\n";
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 400; i++) {
      text.append(signs.charAt((i * i * 7 + i * 3) % signs.length()));
      String soFar = text.toString();
      assertThat(SourceText.of(language, soFar).view(View.BARE)).hasSize(soFar.length());
    }
  }

  private static int count(String text, String word) {
    return text.split(word, -1).length - 1;
  }
}
