package dev.chasqui.guard.scan;

import dev.chasqui.guard.scan.fence.CodeBlock;
import dev.chasqui.guard.scan.fence.FenceReader;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The scan of one answer while it grows. Each finding is reported once, as soon as no code to come
 * can excuse it. A pure function of the text so far and where it was cut, so it is rebuilt by
 * reading the text again. Belongs to one thread.
 */
public final class AnswerScan {

  /** Of a growing block no more is read again and again; all of it is when it closes. */
  private static final int MOST_GROWING_LINES = 400;

  private final CodeScanner scanner;
  private final FenceReader reader = new FenceReader();
  private final Set<Place> reported = new HashSet<>();
  private int scannedBlocks;

  private record Place(int line, String ruleId) {}

  /**
   * Begins with an empty answer.
   *
   * @param scanner looks for the weaknesses
   */
  public AnswerScan(CodeScanner scanner) {
    this.scanner = scanner;
  }

  /**
   * Reads on.
   *
   * @param piece the next piece of the answer, of any length
   * @return what was not reported before, with lines of the answer
   */
  public List<Finding> read(String piece) {
    reader.read(piece);
    return fresh();
  }

  /**
   * Takes the end of the answer, which closes an open block.
   *
   * @return what was not reported before, with lines of the answer
   */
  public List<Finding> end() {
    reader.end();
    return fresh();
  }

  private List<Finding> fresh() {
    List<Finding> fresh = new ArrayList<>();
    List<CodeBlock> blocks = reader.blocks();
    for (CodeBlock block : blocks.subList(scannedBlocks, blocks.size())) {
      for (Finding finding : scanner.scan(block.closed() ? block : tail(block))) {
        if (reported.add(new Place(finding.line(), finding.ruleId()))) {
          fresh.add(finding);
        }
      }
      scannedBlocks += block.closed() ? 1 : 0;
    }
    return fresh;
  }

  private static CodeBlock tail(CodeBlock block) {
    String code = block.code();
    int from = code.length();
    for (int lines = 0; lines <= MOST_GROWING_LINES && from >= 0; lines++) {
      from = code.lastIndexOf('\n', from - 1);
    }
    if (from < 0) {
      return block;
    }
    int skipped = (int) code.substring(0, from + 1).chars().filter(c -> c == '\n').count();
    return new CodeBlock(
        block.infoString(), code.substring(from + 1), block.firstLine() + skipped, false);
  }
}
