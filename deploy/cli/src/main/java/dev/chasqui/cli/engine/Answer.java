package dev.chasqui.cli.engine;

import dev.chasqui.cli.json.JsonRows;
import dev.chasqui.engine.api.GenerationEvent;
import dev.chasqui.engine.api.Logprobs;
import dev.chasqui.engine.api.TokenIds;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A complete answer.
 *
 * @param tokens the generated ids, an end token included
 * @param text their text
 * @param logprobs how probable each token was; empty where that was not asked for
 * @param finished why it ended and what it took
 */
record Answer(
    TokenIds tokens, String text, List<Logprobs> logprobs, GenerationEvent.Finished finished)
    implements Outcome {

  ObjectNode json() {
    ObjectNode fields = JsonRows.object();
    putInto(fields);
    return fields;
  }

  @Override
  public void putInto(ObjectNode fields) {
    fields.set("tokens", JsonRows.array(tokens));
    fields.put("text", text);
    if (!logprobs.isEmpty()) {
      putLogprobs(fields.putArray("logprobs"));
    }
    fields.put("finish_reason", finished.reason().name().toLowerCase(Locale.ROOT));
    fields
        .putObject("usage")
        .put("prompt_tokens", finished.usage().promptTokens())
        .put("cached_prompt_tokens", finished.usage().cachedPromptTokens())
        .put("completion_tokens", finished.usage().completionTokens());
    fields
        .putObject("timings")
        .put("queue_ms", millis(finished.timings().queued()))
        .put("time_to_first_token_ms", millis(finished.timings().firstToken()))
        .put("total_ms", millis(finished.timings().total()));
  }

  private void putLogprobs(ArrayNode array) {
    for (Logprobs each : logprobs) {
      ObjectNode position = array.addObject().put("logprob", each.logprob());
      position.set("top_ids", JsonRows.array(each.alternatives()));
      each.alternativeLogprobs().forEach(position.putArray("top_logprobs")::add);
    }
  }

  /** Returns what a person wants to know about it, in one line. */
  String summary() {
    double seconds =
        finished.timings().total().minus(finished.timings().firstToken()).toNanos() / 1e9;
    return String.format(
        Locale.ROOT,
        "%d tokens, first after %.0f ms, then %.1f tokens/s; ended by %s",
        tokens.size(),
        millis(finished.timings().firstToken()),
        seconds > 0 ? (tokens.size() - 1) / seconds : 0,
        finished.reason().name().toLowerCase(Locale.ROOT));
  }

  private static double millis(Duration duration) {
    return duration.toNanos() / 1000 / 1e3;
  }
}
