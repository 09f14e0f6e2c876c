package dev.chasqui.guard.topology.wire;

import dev.chasqui.events.CodeFinding;
import dev.chasqui.events.FindingSeverity;
import dev.chasqui.guard.policy.CodeScan;
import dev.chasqui.guard.scan.Finding;
import dev.chasqui.guard.verdict.Severity;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Insecure code in an answer, and whether it stops the answer.
 *
 * @param findings what was not reported before; may be empty
 * @param blocking whether the policy stops an answer for them
 */
public record CodeFindings(List<Finding> findings, boolean blocking) {

  /** No findings. */
  public static final CodeFindings NONE = new CodeFindings(List.of(), false);

  private static final int MOST_IN_WORDS = 3;

  /** Copies the list. */
  public CodeFindings {
    findings = List.copyOf(findings);
  }

  /**
   * Returns those findings that count under a policy.
   *
   * @param found what the scan found
   * @param rule the policy's
   * @return what counts, and whether it stops the answer
   */
  public static CodeFindings counting(List<Finding> found, CodeScan rule) {
    return new CodeFindings(
        found.stream().filter(it -> it.severity().reaches(rule.threshold())).toList(),
        rule.action() == CodeScan.Action.BLOCK);
  }

  /** Returns whether the answer is stopped. */
  public boolean stops() {
    return blocking && !findings.isEmpty();
  }

  List<CodeFinding> events() {
    return findings.stream().map(CodeFindings::event).toList();
  }

  /** Returns the first of them in words, with CWE, rule and line. */
  public String inWords() {
    String first =
        findings.stream()
            .limit(MOST_IN_WORDS)
            .map(it -> "%s (%s) in line %d".formatted(it.cwes().getFirst(), it.ruleId(), it.line()))
            .collect(Collectors.joining(", "));
    int others = findings.size() - MOST_IN_WORDS;
    return others > 0 ? "%s and %d more".formatted(first, others) : first;
  }

  private static CodeFinding event(Finding finding) {
    return CodeFinding.newBuilder()
        .setRuleId(finding.ruleId())
        .setCwes(finding.cwes())
        .setSeverity(severity(finding.severity()))
        .setLanguage(finding.language().id())
        .setLine(finding.line())
        .setMessage(finding.message())
        .setRemedy(finding.remedy())
        .build();
  }

  private static FindingSeverity severity(Severity severity) {
    return switch (severity) {
      case LOW -> FindingSeverity.LOW;
      case MEDIUM -> FindingSeverity.MEDIUM;
      case HIGH -> FindingSeverity.HIGH;
      case CRITICAL -> FindingSeverity.CRITICAL;
    };
  }
}
