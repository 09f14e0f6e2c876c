package dev.chasqui.cli.guard;

import dev.chasqui.cli.CommandException;
import dev.chasqui.cli.json.JsonRows;
import dev.chasqui.engine.runtime.EngineOptions;
import dev.chasqui.engine.runtime.LlamaEngine;
import dev.chasqui.guard.classifier.Classifier;
import dev.chasqui.guard.classifier.GuardFormat;
import dev.chasqui.guard.classifier.Side;
import dev.chasqui.guard.classifier.Subject;
import dev.chasqui.guard.classifier.Turn;
import dev.chasqui.guard.policy.Policy;
import dev.chasqui.guard.verdict.Score;
import dev.chasqui.guard.verdict.Verdict;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** A guard that judges rows, several at once. */
final class Judge implements AutoCloseable {

  /** Handed over ahead of those that run, so that a place that falls free is taken at once. */
  private static final int AHEAD = 16;

  private final LlamaEngine engine;
  private final Classifier classifier;
  private final Policy policy;
  private final int window;

  private Judge(LlamaEngine engine, Classifier classifier, Policy policy, int window) {
    this.engine = engine;
    this.classifier = classifier;
    this.policy = policy;
    this.window = window;
  }

  /** Takes verdicts in the order of their rows. */
  @FunctionalInterface
  interface VerdictSink {
    void accept(JsonRows.Row row, Verdict verdict) throws IOException;
  }

  static Judge open(
      EngineOptions options, GuardFormat format, Optional<String> adapter, Policy policy) {
    LlamaEngine engine = LlamaEngine.open(options);
    try {
      Classifier classifier = new Classifier(engine, format, adapter);
      return new Judge(engine, classifier, policy, options.batch().maxSequences() + AHEAD);
    } catch (RuntimeException e) {
      engine.close();
      throw e;
    }
  }

  Policy policy() {
    return policy;
  }

  /** Returns what judges, for a heading. */
  String describe() {
    return "%s, backend %s, policy %s, threshold %s"
        .formatted(
            engine.model().name(),
            engine.model().backend(),
            policy.key(),
            policy.thresholds().unsafe());
  }

  /** Judges all rows. */
  void judge(List<JsonRows.Row> rows, VerdictSink sink) throws IOException {
    Deque<CompletableFuture<Verdict>> pending = new ArrayDeque<>();
    int next = 0;
    for (JsonRows.Row row : rows) {
      while (next < rows.size() && pending.size() < window) {
        pending.add(ask(rows.get(next++)));
      }
      sink.accept(row, pending.remove().join());
    }
  }

  private CompletableFuture<Verdict> ask(JsonRows.Row row) {
    return ask(subject(row));
  }

  /** Asks about one text. */
  CompletableFuture<Verdict> ask(Subject subject) {
    CompletableFuture<Verdict> verdict = new CompletableFuture<>();
    classifier.judge(subject, policy, verdict::complete);
    return verdict;
  }

  /** Returns how many texts keep the guard busy. */
  int window() {
    return window;
  }

  /** A row with a response, unless it says that the prompt is meant, is judged by its response. */
  private static Subject subject(JsonRows.Row row) {
    Turn prompt = new Turn(Side.USER, row.text("text"));
    boolean answered = row.fields().hasNonNull("response");
    String role =
        row.fields().hasNonNull("role") ? row.text("role") : answered ? "assistant" : "user";
    return switch (role) {
      case "user" -> subject(row, List.of(prompt));
      case "assistant" -> subject(row, List.of(prompt, new Turn(Side.AGENT, row.text("response"))));
      default -> throw row.wrong("role", "user or assistant");
    };
  }

  private static Subject subject(JsonRows.Row row, List<Turn> turns) {
    return new Subject("line-" + row.line(), "cli", turns);
  }

  /** Returns the score of a verdict, also of one that was not trusted. */
  static Optional<Double> score(Verdict verdict) {
    return anyScore(verdict).map(Score::unsafe);
  }

  /** Returns the scores of the hazards; none where they were not asked for. */
  static Map<String, Double> categoryScores(Verdict verdict) {
    return anyScore(verdict).map(Score::categories).orElse(Map.of());
  }

  private static Optional<Score> anyScore(Verdict verdict) {
    return verdict instanceof Verdict.Undecided(_, _, var score) ? score : verdict.trustedScore();
  }

  /** Refuses rows that cannot be judged, before the model is loaded. */
  static void check(List<JsonRows.Row> rows) {
    if (rows.isEmpty()) {
      throw new CommandException("the file has no rows: each needs a text, an answer a response.");
    }
    rows.forEach(Judge::subject);
  }

  @Override
  public void close() {
    engine.close();
  }
}
