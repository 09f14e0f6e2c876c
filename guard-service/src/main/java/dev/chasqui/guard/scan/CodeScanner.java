package dev.chasqui.guard.scan;

import dev.chasqui.guard.scan.code.Language;
import dev.chasqui.guard.scan.code.LanguageDetector;
import dev.chasqui.guard.scan.code.SourceText;
import dev.chasqui.guard.scan.fence.CodeBlock;
import dev.chasqui.guard.scan.fence.FenceReader;
import dev.chasqui.guard.scan.rules.Extent;
import dev.chasqui.guard.scan.rules.Hit;
import dev.chasqui.guard.scan.rules.Rule;
import dev.chasqui.guard.scan.rules.RuleBook;
import java.util.ArrayList;
import java.util.List;

/** Looks for insecure code. Safe from any thread. */
public final class CodeScanner {

  private final RuleBook book;
  private final LanguageDetector detector;

  private CodeScanner(RuleBook book, LanguageDetector detector) {
    this.book = book;
    this.detector = detector;
  }

  /** Returns a scanner with the rules of this jar. */
  public static CodeScanner builtIn() {
    return new CodeScanner(RuleBook.builtIn(), LanguageDetector.builtIn());
  }

  /** Returns every rule that it looks for. */
  public List<Rule> rules() {
    return book.rules();
  }

  /**
   * Scans code.
   *
   * @param code a file or a fragment
   * @param language its language
   * @return the findings in the order of the code
   */
  public List<Finding> scan(String code, Language language) {
    return scan(code, language, Extent.COMPLETE);
  }

  /**
   * Scans code of a language that nobody named.
   *
   * @param code a file or a fragment
   * @return the findings in the order of the code
   */
  public List<Finding> scan(String code) {
    return scan(code, detector.detect(code));
  }

  /**
   * Scans the fenced code blocks of Markdown.
   *
   * @param markdown all of it
   * @return the findings in the order of the text, with its line numbers
   */
  public List<Finding> scanMarkdown(String markdown) {
    FenceReader reader = new FenceReader();
    reader.read(markdown);
    reader.end();
    return reader.blocks().stream().flatMap(block -> scan(block).stream()).toList();
  }

  /**
   * Scans a fenced code block. In one that may grow, what the code to come could excuse is left
   * out.
   *
   * @param block the block
   * @return the findings in the order of the code, with line numbers of the text around it
   */
  List<Finding> scan(CodeBlock block) {
    Language language =
        Language.named(block.languageName()).orElseGet(() -> detector.detect(block.code()));
    Extent extent = block.closed() ? Extent.COMPLETE : Extent.GROWING;
    List<Finding> findings = new ArrayList<>();
    for (Finding finding : scan(block.code(), language, extent)) {
      findings.add(finding.atLine(finding.line() + block.firstLine() - 1));
    }
    return findings;
  }

  private List<Finding> scan(String code, Language language, Extent extent) {
    SourceText source = SourceText.of(language, code);
    List<Finding> findings = new ArrayList<>();
    for (Hit hit : book.scan(source, extent)) {
      findings.add(finding(hit, source));
    }
    return Overlaps.removed(findings);
  }

  private static Finding finding(Hit hit, SourceText source) {
    Rule.Weakness weakness = hit.rule().weakness();
    return new Finding(
        hit.rule().id(),
        weakness.cwes(),
        weakness.severity(),
        source.language(),
        source.line(hit.offset()),
        source.column(hit.offset()),
        weakness.message(),
        weakness.remedy());
  }
}
