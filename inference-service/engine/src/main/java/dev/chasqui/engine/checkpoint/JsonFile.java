package dev.chasqui.engine.checkpoint;

import dev.chasqui.engine.api.CheckpointException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;

/** Reads a JSON file that belongs to a checkpoint, packed or not; files are untrusted. */
final class JsonFile {

  /** Tokenizers of 256,000 pieces take some 30 MB. */
  private static final long LONGEST = 96L << 20;

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxDocumentLength(LONGEST)
                  .maxNestingDepth(64)
                  .build())
          .build();

  private final Path file;
  private final JsonParser parser;
  private final long start;

  private JsonFile(Path file, JsonParser parser, long start) {
    this.file = file;
    this.parser = parser;
    this.start = start;
  }

  /**
   * Reads a file.
   *
   * @param file the file, whose name ends in {@code .gz} where it is packed
   * @return its value
   * @throws CheckpointException if it cannot be read or is no JSON
   */
  static Json read(Path file) {
    try (InputStream in = opened(file)) {
      return read(file, in, 0);
    } catch (IOException failure) {
      throw CheckpointException.unreadable(file, failure);
    }
  }

  /**
   * Reads JSON that is part of a file.
   *
   * @param file for messages
   * @param in the JSON, nothing else
   * @param start the byte of the file where it begins
   * @return its value
   * @throws CheckpointException if it cannot be read or is no JSON
   */
  static Json read(Path file, InputStream in, long start) {
    try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), in)) {
      return new JsonFile(file, parser, start).read();
    } catch (JacksonException noText) {
      throw noJson(file, start, noText);
    }
  }

  private static InputStream opened(Path file) throws IOException {
    InputStream in = Files.newInputStream(file);
    return file.toString().endsWith(".gz") ? new GZIPInputStream(in, 1 << 16) : in;
  }

  private Json read() {
    try {
      return value(parser.nextToken());
    } catch (JacksonException failure) {
      throw noJson(file, at(parser.currentLocation()), failure);
    }
  }

  private static CheckpointException noJson(Path file, long at, JacksonException failure) {
    String found = "no JSON (" + failure.getOriginalMessage() + ")";
    CheckpointException fault = CheckpointException.at(file, at, found, "JSON");
    fault.initCause(failure);
    return fault;
  }

  private Json value(JsonToken token) {
    long at = at(parser.currentTokenLocation());
    return switch (token) {
      case START_OBJECT -> members(at);
      case START_ARRAY -> elements(at);
      case VALUE_STRING -> new Json.Text(parser.getString(), at);
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new Json.Number(parser.getDoubleValue(), at);
      case VALUE_TRUE -> new Json.Truth(true, at);
      case VALUE_FALSE -> new Json.Truth(false, at);
      case VALUE_NULL -> new Json.Nothing(at);
      case null, default -> throw CheckpointException.at(file, at, "the end", "a value");
    };
  }

  private Json members(long at) {
    Map<String, Json> members = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      Json value = value(parser.nextToken());
      if (members.put(name, value) != null) {
        throw CheckpointException.at(
            file, value.at(), "the key '" + name + "' a second time", "each key once");
      }
    }
    return new Json.Members(members, at);
  }

  private Json elements(long at) {
    List<Json> elements = new ArrayList<>();
    JsonToken token = parser.nextToken();
    while (token != JsonToken.END_ARRAY) {
      elements.add(value(token));
      token = parser.nextToken();
    }
    return new Json.Elements(elements, at);
  }

  /** Text that is not UTF-8 is counted in characters. */
  private long at(TokenStreamLocation location) {
    long bytes = location.getByteOffset();
    return start + Math.max(0, bytes >= 0 ? bytes : location.getCharOffset());
  }
}
