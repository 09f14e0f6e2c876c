package dev.chasqui.guard.scan.code;

/** A piece of source code with its comments and strings told apart. Unchangeable. */
public final class SourceText {

  /** Stands for a character inside a string in {@link View#BARE}. */
  public static final char FILLER = '\u00b7';

  private final Language language;
  private final String text;
  private final String lowerCase;
  private final String code;
  private final String bare;

  private SourceText(Language language, String text, byte[] kinds) {
    this.language = language;
    this.text = text;
    this.lowerCase = lowerCase(text);
    this.code = blank(text, kinds, false);
    this.bare = blank(text, kinds, true);
  }

  /**
   * Reads a source text; anything is one, however broken.
   *
   * @param language its language
   * @param text the text
   * @return the text with its views
   */
  public static SourceText of(Language language, String text) {
    return new SourceText(language, text, Lexis.of(language).kinds(text));
  }

  /** Returns the language. */
  public Language language() {
    return language;
  }

  /**
   * Returns a view.
   *
   * @param view which
   * @return as long as the text
   */
  public String view(View view) {
    return switch (view) {
      case TEXT -> text;
      case CODE -> code;
      case BARE -> bare;
    };
  }

  /** Returns the text in lower case, to look for words in. */
  public String lowerCase() {
    return lowerCase;
  }

  /**
   * Returns the line of a position.
   *
   * @param offset in characters
   * @return counted from 1
   */
  public int line(int offset) {
    int line = 1;
    for (int at = text.indexOf('\n'); at >= 0 && at < offset; at = text.indexOf('\n', at + 1)) {
      line++;
    }
    return line;
  }

  /**
   * Returns the column of a position.
   *
   * @param offset in characters
   * @return counted from 1, in UTF-16 units
   */
  public int column(int offset) {
    return offset - text.lastIndexOf('\n', offset - 1);
  }

  /** Sign by sign, so that positions stay: some signs have lower-case forms of another length. */
  private static String lowerCase(String text) {
    char[] lower = text.toCharArray();
    for (int i = 0; i < lower.length; i++) {
      lower[i] = Character.toLowerCase(lower[i]);
    }
    return new String(lower);
  }

  private static String blank(String text, byte[] kinds, boolean strings) {
    char[] shown = text.toCharArray();
    for (int i = 0; i < shown.length; i++) {
      if (shown[i] == '\n' || shown[i] == '\r') {
        continue;
      }
      if (kinds[i] == Lexis.COMMENT) {
        shown[i] = ' ';
      } else if (strings && kinds[i] == Lexis.STRING) {
        shown[i] = FILLER;
      }
    }
    return new String(shown);
  }
}
