package dev.chasqui.schemas.serde;

import dev.chasqui.schemas.registry.RegistryUnavailableException;
import dev.chasqui.schemas.registry.UnknownSchemaException;
import dev.chasqui.schemas.serde.DecodeOutcome.Malformed;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import org.apache.kafka.common.errors.SerializationException;
import org.jspecify.annotations.Nullable;

/**
 * Why a deserializer gave up: read from its exception and the causes behind it.
 *
 * <p>Ours says so itself. Confluent's throws the same {@link SerializationException} for bad bytes,
 * an unknown id and a registry that does not answer; its cause tells them apart: a {@code
 * RestClientException} carries the registry's code, an {@link IOException} of the network means no
 * answer, one of the Avro decoder means bad bytes. Where in doubt the registry is taken to be
 * unreachable: waiting loses nothing.
 */
enum FailureKind {
  MALFORMED {
    @Override
    <T> DecodeOutcome<T> outcome(SerializationException failure) {
      return new Malformed<>("malformed-record", message(failure));
    }
  },
  UNKNOWN_SCHEMA {
    @Override
    <T> DecodeOutcome<T> outcome(SerializationException failure) {
      return new Malformed<>("unknown-schema", message(failure));
    }
  },
  UNAVAILABLE {
    @Override
    <T> DecodeOutcome<T> outcome(SerializationException failure) {
      throw new RegistryUnavailableException(message(failure), failure);
    }
  };

  private static final int SCHEMA_NOT_FOUND = 40403;

  /** The answer for a record whose decoding failed so, or an exception where there is none. */
  abstract <T> DecodeOutcome<T> outcome(SerializationException failure);

  static FailureKind of(SerializationException failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      FailureKind kind = ofLink(cause);
      if (kind != null) {
        return kind;
      }
    }
    return MALFORMED;
  }

  private static @Nullable FailureKind ofLink(Throwable link) {
    if (link instanceof UnknownSchemaException) {
      return UNKNOWN_SCHEMA;
    }
    if (link instanceof MalformedRecordException) {
      return MALFORMED;
    }
    if (link.getClass().getSimpleName().equals("RestClientException")) {
      return registryCode(link) == SCHEMA_NOT_FOUND ? UNKNOWN_SCHEMA : UNAVAILABLE;
    }
    if (link instanceof IOException) {
      return ofDecoder(link) ? MALFORMED : UNAVAILABLE;
    }
    return null;
  }

  /** Avro's decoder reports the end of the bytes and bad numbers as input errors. */
  private static boolean ofDecoder(Throwable link) {
    return link instanceof EOFException
        || link instanceof CharacterCodingException
        || link.getClass().getName().startsWith("org.apache.avro.");
  }

  /** Confluent's class is not on our class path; its code is read by name. */
  private static int registryCode(Throwable restClientException) {
    try {
      return (int)
          restClientException.getClass().getMethod("getErrorCode").invoke(restClientException);
    } catch (ReflectiveOperationException | ClassCastException e) {
      return 0;
    }
  }

  private static String message(Throwable failure) {
    StringBuilder text = new StringBuilder(String.valueOf(failure.getMessage()));
    Throwable cause = failure.getCause();
    if (cause != null
        && cause.getMessage() != null
        && !text.toString().contains(cause.getMessage())) {
      text.append(": ").append(cause.getMessage());
    }
    return text.toString();
  }
}
