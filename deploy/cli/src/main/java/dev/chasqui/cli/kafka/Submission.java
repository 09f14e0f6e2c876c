package dev.chasqui.cli.kafka;

import dev.chasqui.cli.CommandException;
import dev.chasqui.events.PromptSubmitted;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.InterruptException;

/** Writes prompts, keyed by request id. */
final class Submission {

  private Submission() {}

  /** Writes one prompt and waits until Kafka has it. */
  static void send(Connection connection, PromptSubmitted prompt) {
    try (Producer<String, PromptSubmitted> producer = connection.prompts()) {
      await(producer.send(record(connection, prompt)), prompt);
    }
  }

  static ProducerRecord<String, PromptSubmitted> record(
      Connection connection, PromptSubmitted prompt) {
    return new ProducerRecord<>(connection.topics().prompts(), prompt.getRequestId(), prompt);
  }

  static void await(Future<RecordMetadata> written, PromptSubmitted prompt) {
    try {
      written.get();
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    } catch (ExecutionException e) {
      throw new CommandException(
          "prompt %s was not accepted by Kafka: %s"
              .formatted(prompt.getRequestId(), e.getCause().getMessage()),
          e);
    }
  }
}
