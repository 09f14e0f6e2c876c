package dev.chasqui.guard.topology.output;

import dev.chasqui.guard.policy.CodeScan;
import dev.chasqui.guard.policy.Policy;
import dev.chasqui.guard.scan.AnswerScan;
import dev.chasqui.guard.scan.CodeScanner;
import dev.chasqui.guard.scan.Finding;
import dev.chasqui.guard.topology.wire.CodeFindings;
import java.util.ArrayList;
import java.util.List;

/**
 * Scans the code of answers as far as they are judged, by the policy of each. A scan lives in
 * memory with its answer; after a restart it is rebuilt from the stored text up to where that was
 * judged. Belongs to the stream thread.
 *
 * @param scanner looks for the weaknesses
 */
record CodeWatch(CodeScanner scanner) {

  /** Scans what is judged now of the choice that the guard looks at. */
  CodeFindings judged(Answer answer, AnswerText text) {
    CodeScan rule = rule(answer);
    if (rule.action() == CodeScan.Action.OFF) {
      return CodeFindings.NONE;
    }
    Choice choice = answer.judging();
    AnswerScan scan = scan(choice, text);
    String judged = text.between(choice.judgedTo(), choice.judgingTo());
    List<Finding> found = new ArrayList<>(scan.read(judged));
    if (answer.isEnded() && choice.judgingTo() == choice.received()) {
      found.addAll(scan.end());
    }
    return CodeFindings.counting(found, rule);
  }

  /** Closes an open block, where the end of a choice came behind its last judgement. */
  CodeFindings ended(Answer answer, Choice choice, AnswerText text) {
    CodeScan rule = rule(answer);
    return rule.action() == CodeScan.Action.OFF
        ? CodeFindings.NONE
        : CodeFindings.counting(scan(choice, text).end(), rule);
  }

  private AnswerScan scan(Choice choice, AnswerText text) {
    return choice.codeScan(() -> {
      AnswerScan scan = new AnswerScan(scanner);
      scan.read(text.between(0, choice.judgedTo()));
      return scan;
    });
  }

  /** An answer without its policy fails closed before its code matters. */
  private static CodeScan rule(Answer answer) {
    return answer.start().policy().map(Policy::codeScan).orElse(CodeScan.USUAL);
  }
}
