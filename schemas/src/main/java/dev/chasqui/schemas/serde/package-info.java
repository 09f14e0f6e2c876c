/**
 * Events to bytes and back, in Confluent's wire format: a zero byte, the schema's id in four bytes
 * (big-endian), then the Avro binary encoding.
 *
 * <p>In come generated events and record bytes, out go bytes and events, on the caller's thread,
 * which waits for the registry when a schema is new. Which serde does it is configuration: {@code
 * chasqui.serde.serializer} and {@code chasqui.serde.deserializer} name classes, ours by default.
 * With the Maven profile {@code confluent} Confluent's own are on the class path, and
 *
 * <pre>
 * chasqui.serde.serializer=io.confluent.kafka.serializers.KafkaAvroSerializer
 * chasqui.serde.deserializer=io.confluent.kafka.serializers.KafkaAvroDeserializer
 * </pre>
 *
 * <p>puts them in our place; they get the same configuration. Topologies read bytes and decode them
 * with a {@link dev.chasqui.schemas.serde.RecordDecoder}, which tells a malformed record (a dead
 * letter) from a registry that does not answer (wait and try again).
 */
@NullMarked
package dev.chasqui.schemas.serde;

import org.jspecify.annotations.NullMarked;
