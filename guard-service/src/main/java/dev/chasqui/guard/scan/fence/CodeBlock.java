package dev.chasqui.guard.scan.fence;

/**
 * A fenced code block of a text.
 *
 * @param infoString what stands behind the opening fence, stripped; often the language
 * @param code the lines in it, without the indentation of the fence
 * @param firstLine line of the text that the first line of code is, counted from 1
 * @param closed whether nothing can be added to it any more
 */
public record CodeBlock(String infoString, String code, int firstLine, boolean closed) {

  /** Returns the first word of the info string, by custom the language; may be empty. */
  public String languageName() {
    String word = infoString.split("[\\s,{:]", 2)[0];
    return word.startsWith(".") ? word.substring(1) : word;
  }
}
