package dev.chasqui.guard.scan;

import dev.chasqui.guard.scan.code.Language;
import dev.chasqui.guard.verdict.Severity;
import java.util.List;

/**
 * An insecure piece of code.
 *
 * @param ruleId the rule that found it
 * @param cwes CWE ids, the closest first
 * @param severity how bad it is
 * @param language what the code was read as
 * @param line counted from 1 in the scanned text
 * @param column counted from 1, in UTF-16 units
 * @param message what is wrong
 * @param remedy what to do instead
 */
public record Finding(
    String ruleId,
    List<String> cwes,
    Severity severity,
    Language language,
    int line,
    int column,
    String message,
    String remedy) {

  /** Copies the ids. */
  public Finding {
    cwes = List.copyOf(cwes);
  }

  Finding atLine(int moved) {
    return new Finding(ruleId, cwes, severity, language, moved, column, message, remedy);
  }
}
