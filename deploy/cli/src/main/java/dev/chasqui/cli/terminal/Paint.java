package dev.chasqui.cli.terminal;

/** Colours text by ANSI codes, or leaves it as it is. */
public enum Paint {
  /** For a terminal. */
  COLOURED,
  /** For files, pipes and people who set NO_COLOR. */
  PLAIN;

  /** What a piece of text is, hence how it looks. */
  public enum Tone {
    /** Names and headings. */
    STRONG("1"),
    /** What matters less. */
    FAINT("2"),
    /** What went well. */
    GOOD("32"),
    /** What was stopped or failed. */
    BAD("31"),
    /** What is undecided or deserves a look. */
    UNSURE("33"),
    /** Model output and links. */
    CALM("36");

    private final String code;

    Tone(String code) {
      this.code = code;
    }
  }

  /**
   * Returns text in a tone.
   *
   * @param tone what the text is
   * @param text the text
   */
  public String paint(Tone tone, String text) {
    return this == PLAIN || text.isEmpty()
        ? text
        : "\u001b[" + tone.code + "m" + text + "\u001b[0m";
  }
}
