package dev.chasqui.guard.classifier;

import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Breaks up what a speaker writes to look like the guard prompt's own scaffold: a forged end of the
 * conversation, a forged turn of the other side. A guard that reads {@code <END CONVERSATION>} in
 * the middle of a turn judges what stands before it alone.
 *
 * <p>Special tokens need none of this: they are never parsed in a speaker's text. This is for
 * scaffold that is plain text. One blank before its last character leaves the words readable to the
 * guard, and is what it never saw as a delimiter.
 */
final class Defusing {

  private final List<String> anywhere;
  private final List<String> atLineStarts;

  /**
   * What to break up.
   *
   * @param anywhere texts that may stand nowhere in a turn
   * @param atLineStarts texts that may not open a line of a turn
   */
  Defusing(List<String> anywhere, List<String> atLineStarts) {
    this.anywhere = skeletons(anywhere);
    this.atLineStarts = skeletons(atLineStarts);
  }

  /** Returns a turn's content with the look-alikes broken up. */
  String defuse(String content) {
    Skeleton skeleton = Skeleton.of(content);
    String text = skeleton.text();
    SortedSet<Integer> breaks = new TreeSet<>();
    for (String scaffold : anywhere) {
      for (int at = text.indexOf(scaffold); at >= 0; at = text.indexOf(scaffold, at + 1)) {
        breaks.add(skeleton.origin(at + scaffold.length() - 1));
      }
    }
    for (String scaffold : atLineStarts) {
      for (int at = text.indexOf(scaffold); at >= 0; at = text.indexOf(scaffold, at + 1)) {
        if (skeleton.opensLine(at)) {
          breaks.add(skeleton.origin(at + scaffold.length() - 1));
        }
      }
    }
    return broken(content, breaks);
  }

  private static String broken(String content, SortedSet<Integer> breaks) {
    StringBuilder broken = new StringBuilder(content.length() + breaks.size());
    int copied = 0;
    for (int at : breaks) {
      broken.append(content, copied, at).append(' ');
      copied = at;
    }
    return broken.append(content, copied, content.length()).toString();
  }

  private static List<String> skeletons(List<String> texts) {
    return texts.stream().map(text -> Skeleton.of(text).text()).toList();
  }
}
