package dev.chasqui.cli.json;

import dev.chasqui.cli.CommandException;
import dev.chasqui.engine.api.TokenIds;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** JSON rows: one object a line, in UTF-8. */
public final class JsonRows {

  private static final JsonMapper JSON = new JsonMapper();

  private JsonRows() {}

  /**
   * One input row.
   *
   * @param line where it stands in its file, from 1
   * @param fields what it holds; results are put in here
   */
  public record Row(int line, ObjectNode fields) {

    /**
     * Returns a list of token ids.
     *
     * @param field its name
     * @throws CommandException if the field is missing or something else
     */
    public TokenIds tokens(String field) {
      if (!(fields.get(field) instanceof ArrayNode ids)) {
        throw wrong(field, "a list of token ids");
      }
      int[] values = new int[ids.size()];
      for (int i = 0; i < values.length; i++) {
        JsonNode id = ids.get(i);
        if (!id.isInt() || id.intValue() < 0) {
          throw wrong(field, "a list of token ids");
        }
        values[i] = id.intValue();
      }
      return TokenIds.of(values);
    }

    /**
     * Returns a text.
     *
     * @param field its name
     * @throws CommandException if the field is missing or something else
     */
    public String text(String field) {
      JsonNode value = fields.get(field);
      if (value == null || !value.isString()) {
        throw wrong(field, "a text");
      }
      return value.stringValue();
    }

    /**
     * Returns what to throw for a field that is wrong.
     *
     * @param field its name
     * @param wanted what it must be
     */
    public CommandException wrong(String field, String wanted) {
      return new CommandException(
          "line %d: %s is %s; it must be %s.".formatted(line, field, fields.get(field), wanted));
    }
  }

  /** Takes rows. */
  @FunctionalInterface
  public interface Sink {

    /**
     * Writes one row.
     *
     * @param row its fields
     * @throws IOException if the file cannot be written
     */
    void write(ObjectNode row) throws IOException;
  }

  /** Fills a file. */
  @FunctionalInterface
  public interface Filling {

    /**
     * Writes all rows.
     *
     * @param sink takes them
     * @throws IOException if the file cannot be written
     */
    void into(Sink sink) throws IOException;
  }

  /** Returns an empty object. */
  public static ObjectNode object() {
    return JSON.createObjectNode();
  }

  /**
   * Returns token ids as JSON.
   *
   * @param ids the ids
   */
  public static ArrayNode array(TokenIds ids) {
    ArrayNode array = JSON.createArrayNode();
    ids.stream().forEach(array::add);
    return array;
  }

  /**
   * Reads a file; blank lines are passed over.
   *
   * @param file in UTF-8
   * @return its rows in order
   * @throws IOException if it cannot be read
   * @throws CommandException if a line is no JSON object
   */
  public static List<Row> read(Path file) throws IOException {
    List<String> lines = Files.readAllLines(file);
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      if (!lines.get(i).isBlank()) {
        rows.add(new Row(i + 1, parse(file, i + 1, lines.get(i))));
      }
    }
    return rows;
  }

  private static ObjectNode parse(Path file, int line, String text) {
    try {
      if (JSON.readTree(text) instanceof ObjectNode fields) {
        return fields;
      }
    } catch (JacksonException e) {
      throw new CommandException(
          "%s, line %d is no JSON: %s".formatted(file, line, e.getOriginalMessage()), e);
    }
    throw new CommandException("%s, line %d is no JSON object.".formatted(file, line));
  }

  /**
   * Writes a file that appears only when it is whole.
   *
   * @param file replaced if it exists
   * @param filling gives the rows
   * @throws IOException if it cannot be written
   */
  public static void write(Path file, Filling filling) throws IOException {
    Path part = file.resolveSibling(file.getFileName() + ".part");
    try {
      try (BufferedWriter writer = Files.newBufferedWriter(part)) {
        filling.into(row -> writer.append(line(row)).append('\n'));
      }
      Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  /**
   * Many readers of lines (Python's {@code splitlines} is one) end them at U+0085, U+2028 and
   * U+2029 too, and half a surrogate pair has no UTF-8: these are written as escapes, which they
   * may be, for outside of strings JSON has none of them.
   */
  private static String line(ObjectNode row) {
    String json = JSON.writeValueAsString(row);
    StringBuilder line = new StringBuilder(json.length());
    json.codePoints()
        .forEach(c -> {
          boolean half = c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
          if (half || c == 0x85 || c == 0x2028 || c == 0x2029) {
            line.append("\\u%04x".formatted(c));
          } else {
            line.appendCodePoint(c);
          }
        });
    return line.toString();
  }
}
