package dev.chasqui.cli.kafka;

import dev.chasqui.events.ResponseEvent;
import dev.chasqui.events.ResponseFinished;
import dev.chasqui.events.ResponseRejected;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A reply as JSON, with the field names of {@code engine generate}. */
final class ReplyJson {

  private static final JsonMapper JSON = new JsonMapper();

  private ReplyJson() {}

  /** Returns the fields of a reply that has ended. */
  static ObjectNode of(Reply reply) {
    ResponseEvent end = reply.end().orElseThrow();
    ObjectNode fields = JSON.createObjectNode();
    fields.put("status", end.getType().name().toLowerCase(Locale.ROOT));
    fields.put("text", reply.text(0));
    fields.set("tokens", array(reply.tokenIds(0)));
    List<Integer> choices = reply.choices();
    if (choices.size() > 1) {
      ArrayNode all = fields.putArray("choices");
      choices.forEach(choice ->
          all.addObject()
              .put("text", reply.text(choice))
              .set("tokens", array(reply.tokenIds(choice))));
    }
    putRetractions(fields, reply);
    putEnd(fields, end);
    return fields;
  }

  private static void putRetractions(ObjectNode fields, Reply reply) {
    if (!reply.retractions().isEmpty()) {
      ArrayNode all = fields.putArray("retracted");
      new TreeMap<>(reply.retractions())
          .forEach((choice, from) -> all.addObject().put("choice", choice).put("from_token", from));
    }
  }

  private static void putEnd(ObjectNode fields, ResponseEvent end) {
    switch (end.getType()) {
      case FINISHED -> putFinished(fields, end.getFinished());
      case REJECTED -> putRejected(fields, end.getRejected());
      case FAILED ->
          fields
              .put("code", end.getFailed().getCode())
              .put("message", end.getFailed().getMessage());
      case CANCELLED -> fields.put("message", end.getCancelled().getReason());
      case EXPIRED -> fields.put("message", Sentences.end(end));
      case TOKENS, RETRACTED, UNKNOWN -> throw new IllegalStateException("not final: " + end);
    }
  }

  private static void putFinished(ObjectNode fields, ResponseFinished finished) {
    fields.put("finish_reason", finished.getReason().name().toLowerCase(Locale.ROOT));
    fields
        .putObject("usage")
        .put("prompt_tokens", finished.getUsage().getPromptTokens())
        .put("cached_prompt_tokens", finished.getUsage().getCachedPromptTokens())
        .put("completion_tokens", finished.getUsage().getCompletionTokens());
    fields
        .putObject("timings")
        .put("queue_ms", finished.getTimings().getQueueMs())
        .put("time_to_first_token_ms", finished.getTimings().getTimeToFirstTokenMs())
        .put("total_ms", finished.getTimings().getTotalMs());
  }

  private static void putRejected(ObjectNode fields, ResponseRejected rejected) {
    fields.put("code", rejected.getCode()).put("message", rejected.getMessage());
    if (rejected.getField() != null) {
      fields.put("field", rejected.getField());
    }
    ArrayNode categories = fields.putArray("categories");
    rejected.getCategories().forEach(categories::add);
  }

  private static ArrayNode array(List<Integer> ids) {
    ArrayNode array = JSON.createArrayNode();
    ids.forEach(array::add);
    return array;
  }
}
