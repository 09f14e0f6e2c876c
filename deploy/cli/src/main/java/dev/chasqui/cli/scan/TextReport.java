package dev.chasqui.cli.scan;

import dev.chasqui.cli.terminal.Paint;
import dev.chasqui.cli.terminal.Terminal;
import dev.chasqui.guard.scan.Finding;
import dev.chasqui.guard.verdict.Severity;
import java.util.List;
import java.util.Locale;

/**
 * A line a finding, for people and for grep; how many on standard error.
 *
 * @param files how many were scanned
 */
record TextReport(int files) implements Report {

  @Override
  public void print(List<Located> found, Terminal terminal) {
    for (Located located : found) {
      terminal.println(line(located, terminal.outPaint()));
    }
    terminal
        .err()
        .println(
            "%d finding%s in %d file%s"
                .formatted(
                    found.size(), found.size() == 1 ? "" : "s", files, files == 1 ? "" : "s"));
    terminal.err().flush();
  }

  private static String line(Located located, Paint paint) {
    Finding finding = located.finding();
    String severity = finding.severity().name().toLowerCase(Locale.ROOT);
    boolean bad = finding.severity().reaches(Severity.HIGH);
    return "%s:%d:%d: %s %s %s: %s %s"
        .formatted(
            located.file(),
            finding.line(),
            finding.column(),
            bad ? paint.paint(Paint.Tone.BAD, severity) : severity,
            String.join(",", finding.cwes()),
            finding.ruleId(),
            finding.message(),
            finding.remedy());
  }
}
