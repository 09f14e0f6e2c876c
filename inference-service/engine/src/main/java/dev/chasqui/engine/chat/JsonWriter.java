package dev.chasqui.engine.chat;

import dev.chasqui.engine.api.ChatTemplateException;
import dev.chasqui.engine.chat.Value.Dict;
import dev.chasqui.engine.chat.Value.Items;
import dev.chasqui.engine.chat.Value.Text;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Writes JSON as Hugging Face's {@code tojson} does: Python's {@code json.dumps} without escaping
 * what is not ASCII and without escaping HTML. Characters of a user stay theirs.
 */
final class JsonWriter {

  private final CharsBuilder out;
  private final Layout layout;

  /**
   * How JSON is laid out.
   *
   * @param indent what one level is indented by, or empty for one line
   * @param itemSeparator between elements
   * @param keySeparator between key and value
   * @param asciiOnly whether other characters are escaped
   * @param sorted whether keys are sorted
   */
  record Layout(
      String indent,
      String itemSeparator,
      String keySeparator,
      boolean asciiOnly,
      boolean sorted) {}

  JsonWriter(CharsBuilder out, Layout layout) {
    this.out = out;
    this.layout = layout;
  }

  void write(Value value, int level) {
    switch (value) {
      case Text text -> quote(text.chars());
      case Value.Whole whole -> out.scaffold(Long.toString(whole.value()));
      case Value.Real real -> out.scaffold(number(real.value()));
      case Value.Bool bool -> out.scaffold(bool.value() ? "true" : "false");
      case Value.None none -> out.scaffold("null");
      case Items items -> items(items.elements(), level);
      case Dict dict -> dict(dict, level);
      default -> throw new ChatTemplateException("tojson cannot write " + Kinds.name(value));
    }
  }

  private static String number(double value) {
    return Double.isNaN(value)
        ? "NaN"
        : Double.isInfinite(value) ? value > 0 ? "Infinity" : "-Infinity" : Numbers.written(value);
  }

  private void items(List<Value> elements, int level) {
    out.scaffold("[");
    for (int i = 0; i < elements.size(); i++) {
      separate(i, level + 1);
      write(elements.get(i), level + 1);
    }
    close(elements.isEmpty(), level, "]");
  }

  private void dict(Dict dict, int level) {
    List<Map.Entry<Value, Value>> entries = new ArrayList<>(dict.entries().entrySet());
    if (layout.sorted()) {
      entries.sort(Comparator.comparing(entry -> Printer.plain(entry.getKey())));
    }
    out.scaffold("{");
    for (int i = 0; i < entries.size(); i++) {
      separate(i, level + 1);
      key(entries.get(i).getKey());
      out.scaffold(layout.keySeparator());
      write(entries.get(i).getValue(), level + 1);
    }
    close(entries.isEmpty(), level, "}");
  }

  private void key(Value key) {
    if (key instanceof Text text) {
      quote(text.chars());
      return;
    }
    out.scaffold("\"");
    write(key, 0);
    out.scaffold("\"");
  }

  private void separate(int index, int level) {
    if (index > 0) {
      out.scaffold(layout.itemSeparator());
    }
    newline(level);
  }

  private void close(boolean empty, int level, String bracket) {
    if (!empty) {
      newline(level);
    }
    out.scaffold(bracket);
  }

  private void newline(int level) {
    if (!layout.indent().isEmpty()) {
      out.scaffold("\n").scaffold(layout.indent().repeat(level));
    }
  }

  private void quote(MarkedChars chars) {
    String text = chars.toString();
    out.scaffold("\"");
    int plain = 0;
    for (int i = 0; i < text.length(); i++) {
      char character = text.charAt(i);
      if (isEscaped(character)) {
        out.append(chars, plain, i).like(chars, i, escaped(character));
        plain = i + 1;
      }
    }
    out.append(chars, plain, text.length()).scaffold("\"");
  }

  private boolean isEscaped(char character) {
    return character < ' '
        || character == '"'
        || character == '\\'
        || layout.asciiOnly() && character > '~';
  }

  private static String escaped(char character) {
    return switch (character) {
      case '"' -> "\\\"";
      case '\\' -> "\\\\";
      case '\n' -> "\\n";
      case '\r' -> "\\r";
      case '\t' -> "\\t";
      case '\b' -> "\\b";
      case '\f' -> "\\f";
      default -> "\\u%04x".formatted((int) character);
    };
  }
}
