package dev.chasqui.cli.guard;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ObjectNode;

/** What a guard is worth on rows with labels: in all, by source, by category. */
final class Evaluation {

  private static final String COLUMNS = "%-36s %6d %7s  %-20s %6s  %-20s %-20s%n";

  private final Quality all;
  private final Map<String, Quality> bySource = new TreeMap<>();
  private final Map<String, Share> recallByCategory = new TreeMap<>();

  Evaluation(List<Labelled> rows, double threshold) {
    all = Quality.of(rows, threshold);
    rows.stream()
        .collect(Collectors.groupingBy(Labelled::source))
        .forEach((source, its) -> bySource.put(source, Quality.of(its, threshold)));
    for (String category : categories(rows)) {
      List<Labelled> its =
          rows.stream().filter(row -> row.unsafe() && row.categories().contains(category)).toList();
      long found = its.stream().filter(row -> row.score() >= threshold).count();
      recallByCategory.put(category, new Share(found, its.size()));
    }
  }

  private static List<String> categories(List<Labelled> rows) {
    return rows.stream()
        .filter(Labelled::unsafe)
        .flatMap(row -> row.categories().stream())
        .distinct()
        .toList();
  }

  /** Returns a table for people. */
  String table() {
    StringBuilder table = new StringBuilder();
    table.append(
        String.format(
            "%-36s %6s %7s  %-20s %6s  %-20s %-20s%n",
            "", "rows", "unsafe", "AUPRC", "F1", "false positives", "recall"));
    line(table, "all", all);
    bySource.forEach((source, quality) -> line(table, source, quality));
    table.append(String.format("%nrecall by category%n"));
    recallByCategory.forEach((category, recall) ->
        table.append(String.format("%-36s %6d %s%n", category, recall.of(), show(recall))));
    return table.toString();
  }

  private static void line(StringBuilder table, String name, Quality quality) {
    String shown = name.length() > 36 ? name.substring(0, 35) + "…" : name;
    table.append(
        String.format(
            Locale.ROOT,
            COLUMNS,
            shown,
            quality.rows(),
            percent(quality.positiveRate()),
            area(quality),
            quality.recall().of() == 0 ? "-" : String.format(Locale.ROOT, "%.3f", quality.f1()),
            show(quality.falsePositives()),
            show(quality.recall())));
  }

  private static String area(Quality quality) {
    double[] interval = quality.interval();
    return quality.hasBothLabels()
        ? String.format(Locale.ROOT, "%.3f (%.3f-%.3f)", quality.area(), interval[0], interval[1])
        : "-";
  }

  private static String show(Share share) {
    return share.of() == 0
        ? "-"
        : "%s (%s-%s)"
            .formatted(percent(share.value()), percent(share.low()), percent(share.high()));
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f%%", 100 * share);
  }

  /** Writes everything into an object. */
  void putInto(ObjectNode fields) {
    put(fields.putObject("all"), all);
    ObjectNode sources = fields.putObject("sources");
    bySource.forEach((source, quality) -> put(sources.putObject(source), quality));
    ObjectNode categories = fields.putObject("recall_by_category");
    recallByCategory.forEach((category, recall) -> put(categories.putObject(category), recall));
  }

  private static void put(ObjectNode fields, Quality quality) {
    fields.put("rows", quality.rows()).put("positive_rate", quality.positiveRate());
    if (quality.hasBothLabels()) {
      fields.put("auprc", quality.area());
      fields.putArray("auprc_interval").add(quality.interval()[0]).add(quality.interval()[1]);
    }
    if (quality.recall().of() > 0) {
      fields.put("f1", quality.f1());
      put(fields.putObject("recall"), quality.recall());
    }
    if (quality.falsePositives().of() > 0) {
      put(fields.putObject("false_positive_rate"), quality.falsePositives());
    }
  }

  private static void put(ObjectNode fields, Share share) {
    fields.put("hits", share.hits()).put("of", share.of()).put("share", share.value());
    fields.putArray("interval").add(share.low()).add(share.high());
  }
}
