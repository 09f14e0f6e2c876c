package dev.chasqui.engine.chat;

/** Finds tags of one word without an expression in them. */
final class RawTag {

  private RawTag() {}

  /** Returns where the tag {@code {% word %}} ends that begins at a position, or -1. */
  static int end(String source, int start, String word) {
    if (!source.startsWith("{%", start)) {
      return -1;
    }
    int at = start + 2;
    if (at < source.length() && "-+".indexOf(source.charAt(at)) >= 0) {
      at++;
    }
    at = afterSpace(source, at);
    if (!source.startsWith(word, at)) {
      return -1;
    }
    at = afterSpace(source, at + word.length());
    if (at < source.length() && "-+".indexOf(source.charAt(at)) >= 0) {
      at++;
    }
    return source.startsWith("%}", at) ? at + 2 : -1;
  }

  private static int afterSpace(String source, int start) {
    int at = start;
    while (at < source.length() && PythonSpace.is(source.charAt(at))) {
      at++;
    }
    return at;
  }
}
