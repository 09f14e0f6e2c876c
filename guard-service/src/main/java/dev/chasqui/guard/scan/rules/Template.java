package dev.chasqui.guard.scan.rules;

import com.google.re2j.Pattern;
import java.util.Map;

/**
 * A pattern in RE2 syntax, where {@code %name%} stands for what the rule's pattern captured.
 *
 * @param text the pattern
 * @param fixed the compiled pattern of a text without names, else one that is not used
 * @param named whether there are names to fill
 */
record Template(String text, Pattern fixed, boolean named) {

  private static final java.util.regex.Pattern NAME = java.util.regex.Pattern.compile("%\\w+%");

  static Template of(String text) {
    boolean named = NAME.matcher(text).find();
    String checked = NAME.matcher(text).replaceAll("x");
    return new Template(text, Pattern.compile(checked, Pattern.MULTILINE), named);
  }

  Pattern filled(Map<String, String> captures) {
    if (!named) {
      return fixed;
    }
    String filled = text;
    for (Map.Entry<String, String> capture : captures.entrySet()) {
      filled = filled.replace("%" + capture.getKey() + "%", Pattern.quote(capture.getValue()));
    }
    return Pattern.compile(filled, Pattern.MULTILINE);
  }
}
