package dev.chasqui.guard.scan.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.guard.scan.code.Language;
import dev.chasqui.guard.scan.code.SourceText;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every rule holds to the examples in its file, in every language that it is for. */
class RuleExamplesTests {

  private static final RuleBook BOOK = RuleBook.builtIn();

  @TestFactory
  Stream<DynamicTest> findsItsPositiveExamples() {
    return BOOK.rules().stream()
        .map(rule ->
            DynamicTest.dynamicTest(
                rule.id(),
                () ->
                    assertThat(rule.examples().positive())
                        .isNotEmpty()
                        .allMatch(code ->
                            rule.languages().stream().anyMatch(it -> found(rule, it, code)))));
  }

  @TestFactory
  Stream<DynamicTest> leavesItsNegativeExamplesAlone() {
    return BOOK.rules().stream()
        .map(rule ->
            DynamicTest.dynamicTest(
                rule.id(),
                () ->
                    assertThat(rule.examples().negative())
                        .isNotEmpty()
                        .noneMatch(code ->
                            rule.languages().stream().anyMatch(it -> found(rule, it, code)))));
  }

  @Test
  void namesWeaknessesByTheirCweId() {
    assertThat(BOOK.rules())
        .allSatisfy(rule ->
            assertThat(rule.weakness().cwes())
                .as(rule.id())
                .isNotEmpty()
                .allMatch(cwe -> cwe.matches("CWE-[1-9]\\d{0,3}")));
  }

  @Test
  void coversEveryLanguageThatTheScanPromises() {
    List<Language> promised =
        List.of(
            Language.C,
            Language.CPP,
            Language.CSHARP,
            Language.JAVA,
            Language.JAVASCRIPT,
            Language.TYPESCRIPT,
            Language.PHP,
            Language.PYTHON,
            Language.RUST,
            Language.GO,
            Language.SQL,
            Language.SHELL);

    assertThat(promised)
        .allSatisfy(language ->
            assertThat(BOOK.rules().stream().filter(it -> it.languages().contains(language)))
                .as(language.id())
                .hasSizeGreaterThan(5));
  }

  private static boolean found(Rule rule, Language language, String code) {
    return RuleBook.of(List.of(rule)).scan(SourceText.of(language, code), Extent.COMPLETE).stream()
        .anyMatch(hit -> hit.rule().equals(rule));
  }
}
