package dev.chasqui.standalone.demo;

import java.util.ArrayList;
import java.util.List;

/** Breaks text into lines between words. */
final class Wrapping {

  private Wrapping() {}

  /** Returns the lines, blank ones left out; a word that is longer than a line stays whole. */
  static List<String> wrap(String text, int width) {
    List<String> lines = new ArrayList<>();
    for (String paragraph : text.split("\\R", -1)) {
      StringBuilder line = new StringBuilder();
      for (String word : paragraph.split(" ")) {
        if (!line.isEmpty() && line.length() + 1 + word.length() > width) {
          lines.add(line.toString());
          line.setLength(0);
        }
        line.append(line.isEmpty() ? "" : " ").append(word);
      }
      lines.add(line.toString());
    }
    lines.removeIf(String::isBlank);
    return lines;
  }
}
