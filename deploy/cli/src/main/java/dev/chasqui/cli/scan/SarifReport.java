package dev.chasqui.cli.scan;

import dev.chasqui.cli.json.JsonRows;
import dev.chasqui.cli.terminal.Terminal;
import dev.chasqui.guard.scan.Finding;
import dev.chasqui.guard.scan.rules.Rule;
import dev.chasqui.guard.verdict.Severity;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A log in SARIF 2.1.0 (OASIS standard), with the rules that found something. */
final class SarifReport implements Report {

  private static final String SCHEMA =
      "https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json";

  private final Map<String, Rule> rules = new LinkedHashMap<>();

  SarifReport(List<Rule> rules) {
    rules.forEach(rule -> this.rules.put(rule.id(), rule));
  }

  @Override
  public void print(List<Located> found, Terminal terminal) {
    ObjectNode log = JsonRows.object();
    log.put("$schema", SCHEMA);
    log.put("version", "2.1.0");
    ObjectNode run = log.putArray("runs").addObject();
    List<String> used = found.stream().map(it -> it.finding().ruleId()).distinct().toList();
    driver(run.putObject("tool").putObject("driver"), used);
    run.put("columnKind", "utf16CodeUnits");
    ArrayNode results = run.putArray("results");
    found.forEach(located -> result(results.addObject(), located, used));
    terminal.println(log.toPrettyString());
  }

  private void driver(ObjectNode driver, List<String> used) {
    driver.put("name", "chasqui scan code");
    driver.put("semanticVersion", "0.1.0");
    ArrayNode listed = driver.putArray("rules");
    used.forEach(id -> rule(listed.addObject(), rules.get(id)));
  }

  private static void rule(ObjectNode json, Rule rule) {
    Rule.Weakness weakness = rule.weakness();
    json.put("id", rule.id());
    json.putObject("shortDescription").put("text", weakness.message());
    json.putObject("help").put("text", weakness.remedy());
    json.putObject("defaultConfiguration").put("level", level(weakness.severity()));
    ObjectNode properties = json.putObject("properties");
    ArrayNode tags = properties.putArray("tags").add("security");
    weakness.cwes().forEach(cwe -> tags.add("external/cwe/" + cwe.toLowerCase(Locale.ROOT)));
    properties.put("security-severity", score(weakness.severity()));
  }

  private static void result(ObjectNode json, Located located, List<String> used) {
    Finding finding = located.finding();
    json.put("ruleId", finding.ruleId());
    json.put("ruleIndex", used.indexOf(finding.ruleId()));
    json.put("level", level(finding.severity()));
    json.putObject("message").put("text", finding.message() + " " + finding.remedy());
    ObjectNode place = json.putArray("locations").addObject().putObject("physicalLocation");
    place.putObject("artifactLocation").put("uri", uri(located.file()));
    place.putObject("region").put("startLine", finding.line()).put("startColumn", finding.column());
    ArrayNode cwes = json.putObject("properties").putArray("cwe");
    finding.cwes().forEach(cwes::add);
  }

  /** A relative path stays relative; separators and spaces become those of a URI. */
  private static String uri(String file) {
    if (file.equals("-")) {
      return "stdin";
    }
    Path path = Path.of(file);
    String uri = path.toUri().getRawPath();
    return path.isAbsolute() ? path.toUri().toString() : relative(uri);
  }

  private static String relative(String absolute) {
    String here = Path.of("").toUri().getRawPath();
    return absolute.startsWith(here) ? absolute.substring(here.length()) : absolute;
  }

  private static String level(Severity severity) {
    return switch (severity) {
      case LOW -> "note";
      case MEDIUM -> "warning";
      case HIGH, CRITICAL -> "error";
    };
  }

  private static String score(Severity severity) {
    return switch (severity) {
      case LOW -> "3.0";
      case MEDIUM -> "5.5";
      case HIGH -> "8.0";
      case CRITICAL -> "9.5";
    };
  }
}
