package dev.chasqui.cli.scan;

import dev.chasqui.cli.json.JsonRows;
import dev.chasqui.cli.terminal.Terminal;
import dev.chasqui.guard.scan.Finding;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One JSON object with all findings.
 *
 * @param files how many were scanned
 */
record JsonReport(int files) implements Report {

  @Override
  public void print(List<Located> found, Terminal terminal) {
    ObjectNode report = JsonRows.object();
    report.put("files", files);
    ArrayNode findings = report.putArray("findings");
    found.forEach(located -> findings.add(json(located)));
    terminal.println(report.toString());
  }

  private static ObjectNode json(Located located) {
    Finding finding = located.finding();
    ObjectNode json = JsonRows.object();
    json.put("file", located.file());
    json.put("line", finding.line());
    json.put("column", finding.column());
    json.put("rule", finding.ruleId());
    ArrayNode cwes = json.putArray("cwe");
    finding.cwes().forEach(cwes::add);
    json.put("severity", finding.severity().name().toLowerCase(Locale.ROOT));
    json.put("language", finding.language().id());
    json.put("message", finding.message());
    json.put("remedy", finding.remedy());
    return json;
  }
}
