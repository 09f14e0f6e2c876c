package dev.chasqui.standalone.bench;

import dev.chasqui.events.AdmissionEvent;
import dev.chasqui.events.AdmissionType;
import dev.chasqui.events.Admitted;
import dev.chasqui.events.Message;
import dev.chasqui.events.PolicyReference;
import dev.chasqui.events.PromptSubmitted;
import dev.chasqui.events.ReleaseMode;
import dev.chasqui.events.Role;
import dev.chasqui.events.Sampling;
import dev.chasqui.standalone.Address;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

/** Admitted requests, as the guard would write them. */
final class Admissions {

  private final Address address;
  private final String text;

  /**
   * Prepares requests.
   *
   * @param characters length of every prompt
   */
  Admissions(Address address, int characters) {
    this.address = address;
    this.text = "chasqui ".repeat(characters / 8 + 1).substring(0, characters);
  }

  /** Writes so many requests and returns when Kafka has them. */
  void write(int count) {
    try (Producer<String, AdmissionEvent> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", address.bootstrap()),
            new StringSerializer(),
            address.connection().serdes().serializer(AdmissionEvent.class))) {
      String topic = address.topics().admitted(address.pool());
      for (int i = 0; i < count; i++) {
        String id = "pending-" + i;
        producer.send(new ProducerRecord<>(topic, id, admission(id)));
      }
      producer.flush();
    }
  }

  private AdmissionEvent admission(String id) {
    Instant now = Instant.now();
    PromptSubmitted prompt =
        PromptSubmitted.newBuilder()
            .setRequestId(id)
            .setModel(address.model())
            .setMessages(List.of(new Message(Role.USER, text)))
            .setSampling(Sampling.newBuilder().setMaxTokens(64).build())
            .setSubmitTime(now)
            .build();
    return AdmissionEvent.newBuilder()
        .setRequestId(id)
        .setType(AdmissionType.ADMITTED)
        .setTime(now)
        .setAdmitted(
            new Admitted(
                prompt, new PolicyReference("default", 1, "0".repeat(64)), ReleaseMode.WINDOW))
        .build();
  }
}
