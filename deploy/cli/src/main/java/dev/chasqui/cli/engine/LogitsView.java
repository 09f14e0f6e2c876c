package dev.chasqui.cli.engine;

import dev.chasqui.cli.json.JsonRows;
import dev.chasqui.engine.runtime.PromptLogits;
import dev.chasqui.engine.runtime.TopLogits;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Shows logits. */
final class LogitsView {

  private LogitsView() {}

  static void put(PromptLogits logits, ObjectNode fields) {
    addAll(fields.putArray("last_logits"), logits.last());
    ArrayNode ids = fields.putArray("top5_ids");
    logits.best().forEach(position -> ids.add(JsonRows.array(position.ids())));
    ArrayNode values = fields.putArray("top5_logits");
    logits.best().forEach(position -> addAll(values.addArray(), position.logits()));
  }

  private static void addAll(ArrayNode array, float[] values) {
    for (float value : values) {
      array.add(value);
    }
  }

  /** Returns the best tokens after the last one, one a line. */
  static String table(PromptLogits logits) {
    TopLogits best = logits.best().getLast();
    List<String> lines = new ArrayList<>(List.of("  token       logit"));
    for (int rank = 0; rank < best.ids().size(); rank++) {
      lines.add(
          String.format(Locale.ROOT, "%7d  %10.4f", best.ids().get(rank), best.logits()[rank]));
    }
    return String.join("\n", lines);
  }
}
