package dev.chasqui.guard.topology.input;

import dev.chasqui.events.PromptSubmitted;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecordBase;

/**
 * Tells whether two prompts of one id ask for the same.
 *
 * <p>Fields at their default are left out, so that a prompt keeps its hash when a later version of
 * the schema adds a field; the time of submission is left out, since a client that tries again may
 * set it anew; maps are taken in the order of their keys.
 */
final class ContentHash {

  private static final Set<String> IGNORED = Set.of("submitTime");

  private final MessageDigest digest;

  private ContentHash() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException("every JDK has SHA-256", missing);
    }
  }

  static ByteBuffer of(PromptSubmitted prompt) {
    ContentHash hash = new ContentHash();
    hash.record(prompt);
    return ByteBuffer.wrap(hash.digest.digest());
  }

  private void record(SpecificRecordBase record) {
    SpecificData model = record.getSpecificData();
    for (Schema.Field field : record.getSchema().getFields()) {
      Object value = record.get(field.pos());
      boolean isDefault = field.hasDefaultValue() && same(value, model.getDefaultValue(field));
      if (!isDefault && !IGNORED.contains(field.name())) {
        text(field.name());
        value(value);
      }
    }
    text("}");
  }

  private static boolean same(Object value, Object other) {
    if (value == null || other == null) {
      return value == other;
    }
    // Defaults come with Avro's own string and enum types; their texts are the same.
    return value.equals(other) || value.toString().equals(other.toString());
  }

  private void value(Object value) {
    switch (value) {
      case SpecificRecordBase record -> record(record);
      case Map<?, ?> map -> {
        Map<String, Object> inOrder = new TreeMap<>();
        map.forEach((key, element) -> inOrder.put(key.toString(), element));
        number(inOrder.size());
        inOrder.forEach((key, element) -> {
          text(key);
          value(element);
        });
      }
      case Collection<?> elements -> {
        number(elements.size());
        elements.forEach(this::value);
      }
      case null -> text("null");
      default -> text(value.toString());
    }
  }

  private void text(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    number(bytes.length);
    digest.update(bytes);
  }

  private void number(int number) {
    digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(number).array());
  }
}
