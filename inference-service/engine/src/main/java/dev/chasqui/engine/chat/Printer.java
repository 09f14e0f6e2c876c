package dev.chasqui.engine.chat;

import dev.chasqui.engine.chat.Value.Dict;
import dev.chasqui.engine.chat.Value.Items;
import dev.chasqui.engine.chat.Value.Text;
import java.util.List;
import java.util.Map;

/** Writes values as Python's {@code str} and {@code repr} do; texts in them keep their origins. */
final class Printer {

  private final CharsBuilder out;

  private Printer(CharsBuilder out) {
    this.out = out;
  }

  /** Returns what printing the value gives. */
  static Text text(Value value, Budget budget) {
    if (value instanceof Text text) {
      return text;
    }
    CharsBuilder out = new CharsBuilder(budget);
    new Printer(out).print(value);
    return out.text();
  }

  /** Returns the same without origins, for messages. */
  static String plain(Value value) {
    return text(value, new Budget()).toString();
  }

  private void print(Value value) {
    switch (value) {
      case Text text -> out.append(text.chars());
      case Value.Whole whole -> out.scaffold(Long.toString(whole.value()));
      case Value.Real real -> out.scaffold(Numbers.written(real.value()));
      case Value.Bool bool -> out.scaffold(bool.value() ? "True" : "False");
      case Value.None none -> out.scaffold("None");
      case Value.Undefined undefined -> {}
      case Items items -> items(items);
      case Dict dict -> dict(dict);
      case Value.Namespace namespace -> out.scaffold("<namespace>");
      case Value.Loop loop -> out.scaffold("<loop>");
      case Value.Function function -> out.scaffold("<function " + function.name() + ">");
    }
  }

  private void represent(Value value) {
    if (value instanceof Text text) {
      quote(text.chars());
    } else if (value instanceof Value.Undefined) {
      out.scaffold("Undefined");
    } else {
      print(value);
    }
  }

  private void items(Items items) {
    List<Value> elements = items.elements();
    out.scaffold(items.isTuple() ? "(" : "[");
    for (int i = 0; i < elements.size(); i++) {
      out.scaffold(i == 0 ? "" : ", ");
      represent(elements.get(i));
    }
    out.scaffold(items.isTuple() && elements.size() == 1 ? "," : "");
    out.scaffold(items.isTuple() ? ")" : "]");
  }

  private void dict(Dict dict) {
    out.scaffold("{");
    String separator = "";
    for (Map.Entry<Value, Value> entry : dict.entries().entrySet()) {
      out.scaffold(separator);
      represent(entry.getKey());
      out.scaffold(": ");
      represent(entry.getValue());
      separator = ", ";
    }
    out.scaffold("}");
  }

  private void quote(MarkedChars chars) {
    String text = chars.toString();
    String mark = text.contains("'") && !text.contains("\"") ? "\"" : "'";
    out.scaffold(mark);
    for (int i = 0; i < text.length(); i++) {
      out.like(chars, i, escaped(text.charAt(i), mark.charAt(0)));
    }
    out.scaffold(mark);
  }

  private static String escaped(char character, char mark) {
    return switch (character) {
      case '\\' -> "\\\\";
      case '\n' -> "\\n";
      case '\r' -> "\\r";
      case '\t' -> "\\t";
      default -> {
        if (character == mark) {
          yield "\\" + character;
        }
        yield character < ' ' || character >= 0x7f && character < 0xa1
            ? "\\x%02x".formatted((int) character)
            : String.valueOf(character);
      }
    };
  }
}
