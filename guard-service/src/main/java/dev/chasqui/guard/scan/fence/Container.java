package dev.chasqui.guard.scan.fence;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The block quotes and the list item that a line stands in.
 *
 * @param quotes how many block quotes
 * @param indent columns before the text of the list item; 0 outside of lists
 */
record Container(int quotes, int indent) {

  static final Container NONE = new Container(0, 0);

  private static final Pattern QUOTE = Pattern.compile(" {0,3}> ?");
  private static final Pattern ITEM = Pattern.compile("\\s*(?:[-*+]|\\d{1,9}[.)])( +|\t)(?=\\S)");
  private static final int TAB = 4;

  /** A line's text, and what it stands in. */
  record Content(Container container, String text) {}

  /** Reads the marks of a line that stands in no code block, after a line that stood in this. */
  Content read(String line) {
    String text = line;
    int found = 0;
    Optional<String> inner = unquoted(text);
    while (inner.isPresent()) {
      text = inner.get();
      found++;
      inner = unquoted(text);
    }
    int columns = found == quotes ? indent : 0;
    if (!text.isBlank() && Indent.of(text) < columns) {
      columns = 0;
    }
    text = Indent.strip(text, columns);
    for (Matcher item = ITEM.matcher(text); item.lookingAt(); item = ITEM.matcher(text)) {
      int width = item.end() + (item.group(1).equals("\t") ? TAB - 1 : 0);
      columns += width;
      text = text.substring(item.end());
    }
    return new Content(new Container(found, columns), text);
  }

  /** Takes this container's marks from a line inside a code block; empty where it has ended. */
  Optional<String> inside(String line) {
    String text = line;
    for (int i = 0; i < quotes; i++) {
      Optional<String> inner = unquoted(text);
      if (inner.isEmpty()) {
        return Optional.empty();
      }
      text = inner.get();
    }
    if (!text.isBlank() && Indent.of(text) < indent) {
      return Optional.empty();
    }
    return Optional.of(Indent.strip(text, indent));
  }

  private static Optional<String> unquoted(String text) {
    Matcher quote = QUOTE.matcher(text);
    return quote.lookingAt() ? Optional.of(text.substring(quote.end())) : Optional.empty();
  }
}
