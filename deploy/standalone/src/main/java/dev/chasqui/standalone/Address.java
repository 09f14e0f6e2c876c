package dev.chasqui.standalone;

import dev.chasqui.cli.kafka.Connection;
import dev.chasqui.cli.terminal.Paint;
import dev.chasqui.cli.terminal.Paint.Tone;
import dev.chasqui.schemas.topics.TopicRole;
import dev.chasqui.schemas.topics.Topics;
import java.net.URI;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * How to reach a running standalone.
 *
 * @param bootstrap address of Kafka
 * @param registry URL of the schema registry
 * @param topics names of the topics
 * @param pool the pool that answers
 * @param model the model to ask
 */
public record Address(String bootstrap, URI registry, Topics topics, String pool, String model) {

  /** Returns a connection for the CLI's readers and writers. */
  public Connection connection() {
    return Connection.to(bootstrap, registry.toString());
  }

  /** Returns one line for programs. */
  String json() {
    ObjectNode fields =
        new JsonMapper()
            .createObjectNode()
            .put("bootstrap", bootstrap)
            .put("registry", registry.toString())
            .put("model", model);
    ObjectNode names = fields.putObject("topics");
    for (TopicRole role : TopicRole.values()) {
      names.put(
          role.suffix(), role == TopicRole.ADMITTED ? topics.admitted(pool) : topics.name(role));
    }
    return fields.toString();
  }

  /** Returns a few lines for people. */
  String howToConnect(Paint paint) {
    return """
    %s  bootstrap.servers=%s  schema.registry.url=%s

      export CHASQUI_BOOTSTRAP=%s CHASQUI_REGISTRY=%s
      ./deploy/chasqui submit "What is the capital of France?"
      ./deploy/chasqui tail verdicts

    Ctrl-C ends it; what is stored stays.\
    """
        .formatted(
            paint.paint(Tone.STRONG, "Connect with"), bootstrap, registry, bootstrap, registry);
  }
}
