package dev.chasqui.cli.guard;

import dev.chasqui.guard.policy.CodeScan;
import dev.chasqui.guard.scan.AnswerScan;
import dev.chasqui.guard.scan.CodeScanner;
import dev.chasqui.guard.scan.Finding;
import dev.chasqui.guard.topology.wire.CodeFindings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The code scan of a policy over one retained answer, as a guard service does it: each window of
 * each choice once, in order. Owned by one thread.
 */
final class CodeRescan {

  private final CodeScanner scanner;
  private final CodeScan rule;
  private final Map<Integer, AnswerScan> choices = new HashMap<>();

  /** Begins with an answer of which nothing was scanned. */
  CodeRescan(CodeScanner scanner, CodeScan rule) {
    this.scanner = scanner;
    this.rule = rule;
  }

  /**
   * Scans the next window of a choice.
   *
   * @param choice number of the choice
   * @param text what is new in the window
   * @param isLast whether nothing comes behind it, so that open code blocks close
   * @return what counts under the policy
   */
  CodeFindings read(int choice, String text, boolean isLast) {
    if (rule.action() == CodeScan.Action.OFF) {
      return CodeFindings.NONE;
    }
    AnswerScan scan = choices.computeIfAbsent(choice, _ -> new AnswerScan(scanner));
    List<Finding> found = new ArrayList<>(scan.read(text));
    if (isLast) {
      found.addAll(scan.end());
    }
    return CodeFindings.counting(found, rule);
  }
}
