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

  private JsonFile() {}

  /**
   * Reads a file.
   *
   * @param file the file, whose name ends in {@code .gz} where it is packed
   * @return its value
   * @throws CheckpointException if it cannot be read or is no JSON
   */
  static Json read(Path file) {
    try (InputStream in = opened(file)) {
      return read(file, in);
    } catch (IOException failure) {
      throw new CheckpointException(
          "%s cannot be read: %s".formatted(file, failure.getMessage()), failure);
    }
  }

  /**
   * Reads JSON that is part of a file.
   *
   * @param file for messages
   * @param in the JSON, nothing else
   * @return its value
   * @throws CheckpointException if it cannot be read or is no JSON
   */
  static Json read(Path file, InputStream in) {
    try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), in)) {
      return value(parser, parser.nextToken());
    } catch (IOException | JacksonException failure) {
      throw new CheckpointException(
          "%s cannot be read as JSON: %s".formatted(file, failure.getMessage()), failure);
    }
  }

  private static InputStream opened(Path file) throws IOException {
    InputStream in = Files.newInputStream(file);
    return file.toString().endsWith(".gz") ? new GZIPInputStream(in, 1 << 16) : in;
  }

  private static Json value(JsonParser parser, JsonToken token) throws IOException {
    return switch (token) {
      case START_OBJECT -> members(parser);
      case START_ARRAY -> elements(parser);
      case VALUE_STRING -> new Json.Text(parser.getString());
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new Json.Number(parser.getDoubleValue());
      case VALUE_TRUE -> new Json.Truth(true);
      case VALUE_FALSE -> new Json.Truth(false);
      case VALUE_NULL -> new Json.Nothing();
      case null, default -> throw new IOException("a value is missing");
    };
  }

  private static Json members(JsonParser parser) throws IOException {
    Map<String, Json> members = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      if (members.put(name, value(parser, parser.nextToken())) != null) {
        throw new IOException("the key '" + name + "' stands there twice");
      }
    }
    return new Json.Members(members);
  }

  private static Json elements(JsonParser parser) throws IOException {
    List<Json> elements = new ArrayList<>();
    JsonToken token = parser.nextToken();
    while (token != JsonToken.END_ARRAY) {
      elements.add(value(parser, token));
      token = parser.nextToken();
    }
    return new Json.Elements(elements);
  }
}
