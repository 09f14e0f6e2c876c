package dev.chasqui.guard.scan.fence;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FenceReaderTests {

  private static final String TWO_BLOCKS =
      "Do this:\n```python title=x\na = 1\n```\nthen\n~~~ c++\nint b;\n~~~\n";

  @Test
  void findsBlocksWithInfoStringAndPlace() {
    assertThat(all(TWO_BLOCKS))
        .containsExactly(
            new CodeBlock("python title=x", "a = 1\n", 3, true),
            new CodeBlock("c++", "int b;\n", 7, true));
    assertThat(all(TWO_BLOCKS))
        .extracting(CodeBlock::languageName)
        .containsExactly("python", "c++");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5, 7})
  void findsTheSameBlocksHoweverTheTextIsSplit(int length) {
    FenceReader reader = new FenceReader();
    for (int at = 0; at < TWO_BLOCKS.length(); at += length) {
      reader.read(TWO_BLOCKS.substring(at, Math.min(TWO_BLOCKS.length(), at + length)));
    }
    reader.end();

    assertThat(reader.blocks()).isEqualTo(all(TWO_BLOCKS));
  }

  @Test
  void closesOnlyByAFenceOfTheSameSignThatIsAsLong() {
    assertThat(code("````\n```\n~~~~\n````` \n")).containsExactly("```\n~~~~\n");
    assertThat(code("~~~\n```\n~~~~\n")).containsExactly("```\n");
    assertThat(code("```\n``` x\n```\n")).containsExactly("``` x\n");
  }

  @Test
  void takesBackticksInAnInfoStringForProse() {
    assertThat(code("``` a`b\nx\n")).isEmpty();
    assertThat(code("~~~ a`b\nx\n~~~\n")).containsExactly("x\n");
  }

  @Test
  void takesShortOrDeepFencesForProse() {
    assertThat(code("``\nx\n``\n")).isEmpty();
    assertThat(code("    ```\n    x\n    ```\n")).isEmpty();
  }

  @Test
  void takesTheIndentationOfTheFenceFromTheCode() {
    assertThat(code("  ```\n    x\n y\n   ```\n")).containsExactly("  x\ny\n");
  }

  @Test
  void findsFencesInsideListsAndQuotes() {
    assertThat(code("1. Do:\n\n   ```sh\n   ls\n   ```\n")).containsExactly("ls\n");
    assertThat(code("10. Do:\n\n    ```sh\n    ls\n    ```\n")).containsExactly("ls\n");
    assertThat(code("- ```\n  x\n  ```\n")).containsExactly("x\n");
    assertThat(code("> ```\n> x\n> ```\n")).containsExactly("x\n");
  }

  @Test
  void endsABlockWithItsContainer() {
    assertThat(code("> ```\n> x\ny\n```\nz\n")).containsExactly("x\n", "z\n");
    assertThat(code("- ```\n  x\ny\n")).containsExactly("x\n");
  }

  @Test
  void closesAnOpenBlockAtTheEndOfTheText() {
    assertThat(all("```\nx")).containsExactly(new CodeBlock("", "x\n", 2, true));
  }

  @Test
  void showsAGrowingBlockWithItsUnfinishedLine() {
    FenceReader reader = new FenceReader();
    reader.read("```js\na();\nb(");
    assertThat(reader.blocks()).containsExactly(new CodeBlock("js", "a();\nb(", 2, false));

    reader.read(");\n``");
    assertThat(reader.blocks()).containsExactly(new CodeBlock("js", "a();\nb();\n", 2, false));

    reader.read("`\n");
    assertThat(reader.blocks()).containsExactly(new CodeBlock("js", "a();\nb();\n", 2, true));
  }

  @Test
  void readsWindowsLineEnds() {
    assertThat(all("```py\r\nx\r\n```\r\n")).containsExactly(new CodeBlock("py", "x\n", 2, true));
  }

  private static List<String> code(String text) {
    return all(text).stream().map(CodeBlock::code).toList();
  }

  private static List<CodeBlock> all(String text) {
    FenceReader reader = new FenceReader();
    reader.read(text);
    reader.end();
    return reader.blocks();
  }
}
