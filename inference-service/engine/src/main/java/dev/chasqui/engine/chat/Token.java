package dev.chasqui.engine.chat;

/**
 * A token of a template.
 *
 * @param kind what it is
 * @param text its characters; of a string its value, of a tag's bounds their delimiter
 * @param line where it begins, from 1
 */
record Token(Kind kind, String text, int line) {

  /** What a token is. */
  enum Kind {
    /** Text between tags. */
    DATA,
    /** The beginning of a tag that prints. */
    PRINT_START,
    /** The end of a tag that prints. */
    PRINT_END,
    /** The beginning of a tag that does something. */
    BLOCK_START,
    /** The end of a tag that does something. */
    BLOCK_END,
    /** A name or keyword. */
    NAME,
    /** A string. */
    STRING,
    /** A whole number. */
    INTEGER,
    /** A floating-point number. */
    FLOAT,
    /** An operator or bracket. */
    OPERATOR,
    /** Behind the last token. */
    END
  }

  boolean is(Kind other, String characters) {
    return kind == other && text.equals(characters);
  }

  /** Says what it is, for messages. */
  String described() {
    return switch (kind) {
      case END -> "the end of the template";
      case DATA -> "text";
      default -> "'" + text + "'";
    };
  }
}
