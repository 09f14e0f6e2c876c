package dev.chasqui.cli.review;

import dev.chasqui.cli.kafka.EventJson;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Reviews as JSON, with the field names of the events. */
final class ReviewJson {

  private static final JsonMapper JSON = new JsonMapper();

  private ReviewJson() {}

  static ObjectNode of(Review review) {
    ObjectNode fields =
        JSON.createObjectNode()
            .put("requestId", review.requestId())
            .put("open", review.isOpen())
            .put("time", review.time().toString());
    fields.set("requested", EventJson.of(review.asked()));
    review
        .end()
        .ifPresent(end -> {
          fields.put("decidedTime", end.time().toString());
          fields.set("decided", EventJson.of(end.decided()));
        });
    return fields;
  }
}
