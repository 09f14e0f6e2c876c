package dev.chasqui.cli.guard;

import dev.chasqui.guard.policy.CodeScan;
import dev.chasqui.guard.topology.wire.Verdicts;
import dev.chasqui.guard.verdict.Score;
import dev.chasqui.guard.verdict.Thresholds;
import dev.chasqui.guard.verdict.Verdict;
import java.util.List;
import java.util.Locale;

/** Words for why a verdict is now what it is. */
final class ChangeReason {

  private ChangeReason() {}

  static String of(Change change) {
    if (change.code().stops()) {
      return "insecure code: " + change.code().inWords();
    }
    String guard =
        change
            .verdict()
            .map(verdict -> ofGuard(verdict, change.policy().thresholds()))
            .orElse("the guard model was not asked");
    return Verdicts.isOfCodeScan(change.recorded())
        ? "%s; %s".formatted(noCode(change.policy().codeScan()), guard)
        : guard;
  }

  private static String noCode(CodeScan rule) {
    return switch (rule.action()) {
      case OFF -> "code is not scanned";
      case WARN -> "insecure code is only named";
      case BLOCK ->
          "no insecure code of severity %s or worse"
              .formatted(rule.threshold().name().toLowerCase(Locale.ROOT));
    };
  }

  private static String ofGuard(Verdict verdict, Thresholds thresholds) {
    return switch (verdict) {
      case Verdict.Safe(Score score) -> ofSafe(score, thresholds);
      case Verdict.Review(Score score, List<String> categories) ->
          ofStopped(score, thresholds.review().orElse(thresholds.unsafe()), "review", categories);
      case Verdict.Unsafe(Score score, List<String> categories) ->
          ofStopped(score, thresholds.unsafe(), "unsafe", categories);
      case Verdict.Undecided undecided -> undecided.reason();
    };
  }

  private static String ofSafe(Score score, Thresholds thresholds) {
    double least = thresholds.review().orElse(thresholds.unsafe());
    return score.unsafe() < least
        ? text("score %.3f is under %s", score.unsafe(), least)
        : text("score %.3f is of categories that the policy allows", score.unsafe());
  }

  /** A category may have a threshold of its own, under which the whole score may lie. */
  private static String ofStopped(
      Score score, double threshold, String name, List<String> categories) {
    String found = categories.isEmpty() ? "" : ": " + String.join(", ", categories);
    return score.unsafe() >= threshold
        ? text("score %.3f reaches %s-threshold %s", score.unsafe(), name, threshold) + found
        : text("score %.3f, by the rule of a category", score.unsafe()) + found;
  }

  private static String text(String form, Object... values) {
    return String.format(Locale.ROOT, form, values);
  }
}
