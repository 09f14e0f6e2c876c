package dev.chasqui.cli.kafka;

import dev.chasqui.events.ResponseEvent;
import dev.chasqui.events.ResponseFinished;
import dev.chasqui.events.ResponseRejected;
import dev.chasqui.events.SafetyVerdict;
import dev.chasqui.events.TokensRetracted;
import dev.chasqui.events.VerdictOutcome;
import java.util.List;
import java.util.Locale;

/** Events in a person's words, one line each. */
public final class Sentences {

  private Sentences() {}

  /**
   * Says what the guard found.
   *
   * @param verdict on a prompt or a part of an answer
   */
  public static String verdict(SafetyVerdict verdict) {
    StringBuilder line = new StringBuilder("guard: ").append(subject(verdict)).append(' ');
    line.append(lower(verdict.getOutcome()));
    line.append(categories(verdict.getCategories()));
    if (verdict.getScore() != null) {
      line.append(String.format(Locale.ROOT, ", score %.2f", verdict.getScore()));
    }
    line.append(verdict.getAdmitted() ? ", admitted" : whatElse(verdict.getOutcome()));
    line.append(", ").append(verdict.getLatencyMs()).append(" ms");
    return line.toString();
  }

  private static String whatElse(VerdictOutcome outcome) {
    return outcome == VerdictOutcome.REVIEW ? ", waits for a person" : ", stopped";
  }

  /** A policy that only watches is named; nothing came of what it found. */
  private static String subject(SafetyVerdict verdict) {
    return verdict.getShadow() && verdict.getPolicy() != null
        ? "shadow %s on %s".formatted(verdict.getPolicy().getPolicyId(), judged(verdict))
        : judged(verdict);
  }

  private static String judged(SafetyVerdict verdict) {
    return verdict.getWindow() == null
        ? verdict.getPart().isEmpty() ? lower(verdict.getSubject()) : verdict.getPart()
        : "answer, tokens %d-%d,"
            .formatted(
                verdict.getWindow().getFromSequence(), verdict.getWindow().getToSequence() - 1);
  }

  private static String categories(List<String> categories) {
    return categories.isEmpty() ? "" : " " + String.join(" ", categories);
  }

  /**
   * Says that tokens were taken back.
   *
   * @param retracted from where on
   */
  static String retracted(TokensRetracted retracted) {
    String which =
        retracted.getChoice() == 0 ? "" : " of answer %d".formatted(retracted.getChoice() + 1);
    return "taken back: everything%s from token %d on, counted from 0"
        .formatted(which, retracted.getFromSequence());
  }

  /**
   * Says how a request ended.
   *
   * @param event the final response
   */
  public static String end(ResponseEvent event) {
    return switch (event.getType()) {
      case FINISHED -> finished(event.getFinished());
      case REJECTED -> rejected(event.getRejected());
      case CANCELLED -> "cancelled: " + event.getCancelled().getReason();
      case EXPIRED -> "expired: the deadline was " + event.getExpired().getDeadline();
      case FAILED ->
          "failed (%s): %s".formatted(event.getFailed().getCode(), event.getFailed().getMessage());
      case TOKENS, RETRACTED, UNKNOWN -> "not ended yet";
    };
  }

  private static String finished(ResponseFinished finished) {
    long decodeMs =
        finished.getTimings().getTotalMs() - finished.getTimings().getTimeToFirstTokenMs();
    int tokens = finished.getUsage().getCompletionTokens();
    String speed =
        decodeMs > 0
            ? String.format(Locale.ROOT, ", %.0f tokens/s", (tokens - 1) * 1e3 / decodeMs)
            : "";
    return "finished by %s: %d tokens, first after %d ms%s"
        .formatted(
            lower(finished.getReason()),
            tokens,
            finished.getTimings().getTimeToFirstTokenMs(),
            speed);
  }

  private static String rejected(ResponseRejected rejected) {
    return "rejected (%s%s): %s"
        .formatted(rejected.getCode(), categories(rejected.getCategories()), rejected.getMessage());
  }

  private static String lower(Enum<?> word) {
    return word.name().toLowerCase(Locale.ROOT);
  }
}
