package dev.chasqui.guard.scan.fence;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds the fenced code blocks of a text that comes in pieces, by the rules of CommonMark.
 *
 * <pre>
 *            opening fence
 *   PROSE ──────────────────▶ CODE
 *         ◀──────────────────
 *          closing fence, end of its quote or list item
 * </pre>
 *
 * <p>A piece may end anywhere, also inside a fence. Belongs to one thread.
 */
public final class FenceReader {

  private final List<CodeBlock> closed = new ArrayList<>();
  private final StringBuilder partialLine = new StringBuilder();
  private final StringBuilder code = new StringBuilder();
  private Container container = Container.NONE;
  private Optional<Opening> opening = Optional.empty();
  private int lines;

  private record Opening(Fence fence, Container container, int indent, int firstLine) {}

  /**
   * Takes the next piece of the text.
   *
   * @param piece any length
   */
  public void read(String piece) {
    int from = 0;
    for (int end = piece.indexOf('\n'); end >= 0; end = piece.indexOf('\n', from)) {
      partialLine.append(piece, from, end);
      line(withoutReturn(partialLine.toString()));
      partialLine.setLength(0);
      from = end + 1;
    }
    partialLine.append(piece, from, piece.length());
  }

  /** Takes the end of the text: it ends the last line and closes what is open. */
  public void end() {
    if (!partialLine.isEmpty()) {
      line(withoutReturn(partialLine.toString()));
      partialLine.setLength(0);
    }
    close();
  }

  /**
   * Returns the blocks so far in their order; the last may still grow, and shows the beginning of a
   * line that is not complete as far as it is no fence.
   */
  public List<CodeBlock> blocks() {
    List<CodeBlock> blocks = new ArrayList<>(closed);
    opening.ifPresent(open -> blocks.add(growing(open)));
    return blocks;
  }

  private CodeBlock growing(Opening open) {
    String line = partialLine.toString();
    String shown = code.toString();
    boolean fence = line.strip().chars().allMatch(c -> c == open.fence().sign());
    if (!fence) {
      shown += open.container().inside(line).map(text -> strip(open, text)).orElse("");
    }
    return new CodeBlock(open.fence().infoString(), shown, open.firstLine(), false);
  }

  private void line(String line) {
    lines++;
    if (opening.isPresent() && inside(opening.get(), line)) {
      return;
    }
    Container.Content content = container.read(line);
    container = content.container();
    opening =
        Fence.opening(content.text())
            .map(fence -> new Opening(fence, container, Indent.of(content.text()), lines + 1));
  }

  /** Returns false where the line stands outside of the block, because its container ended. */
  private boolean inside(Opening open, String line) {
    Optional<String> text = open.container().inside(line);
    if (text.isEmpty()) {
      close();
      return false;
    }
    if (open.fence().isClosedBy(text.get())) {
      close();
    } else {
      code.append(strip(open, text.get())).append('\n');
    }
    return true;
  }

  private static String strip(Opening open, String text) {
    return Indent.strip(text, open.indent());
  }

  private void close() {
    opening.ifPresent(open ->
        closed.add(
            new CodeBlock(open.fence().infoString(), code.toString(), open.firstLine(), true)));
    opening = Optional.empty();
    code.setLength(0);
  }

  private static String withoutReturn(String line) {
    return line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
  }
}
