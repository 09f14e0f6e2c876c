package dev.chasqui.schemas.serde;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import org.apache.avro.AvroTypeException;
import org.apache.avro.InvalidNumberEncodingException;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.Test;

/** The exceptions are those that Confluent's deserializer throws. */
class FailureKindTests {

  private static FailureKind of(Throwable cause) {
    return FailureKind.of(
        new SerializationException("Error deserializing Avro message for id 1", cause));
  }

  @Test
  void waitsForARegistryThatDoesNotAnswer() {
    assertThat(of(new ConnectException("Connection refused"))).isEqualTo(FailureKind.UNAVAILABLE);
    assertThat(of(new SocketTimeoutException("Read timed out"))).isEqualTo(FailureKind.UNAVAILABLE);
    assertThat(of(new IOException("Premature EOF"))).isEqualTo(FailureKind.UNAVAILABLE);
    assertThat(of(new RestClientException("Internal", 500, 50001)))
        .isEqualTo(FailureKind.UNAVAILABLE);
    assertThat(of(new RestClientException("Unauthorized", 401, 40101)))
        .isEqualTo(FailureKind.UNAVAILABLE);
  }

  @Test
  void believesARegistryThatDeniesAnId() {
    assertThat(of(new RestClientException("Schema 9 not found", 404, 40403)))
        .isEqualTo(FailureKind.UNKNOWN_SCHEMA);
  }

  @Test
  void blamesTheBytesForWhatTheDecoderSays() {
    assertThat(of(new EOFException())).isEqualTo(FailureKind.MALFORMED);
    assertThat(of(new InvalidNumberEncodingException("Invalid int encoding")))
        .isEqualTo(FailureKind.MALFORMED);
    assertThat(of(new AvroTypeException("Found X"))).isEqualTo(FailureKind.MALFORMED);
    assertThat(FailureKind.of(new SerializationException("Unknown magic byte!")))
        .isEqualTo(FailureKind.MALFORMED);
  }
}
