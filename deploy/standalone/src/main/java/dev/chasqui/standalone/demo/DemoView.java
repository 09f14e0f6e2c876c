package dev.chasqui.standalone.demo;

import dev.chasqui.cli.kafka.Reply;
import dev.chasqui.cli.kafka.Sentences;
import dev.chasqui.cli.terminal.Paint;
import dev.chasqui.cli.terminal.Paint.Tone;
import dev.chasqui.cli.terminal.Terminal;
import dev.chasqui.events.ResponseEvent;
import dev.chasqui.events.ResponseType;
import dev.chasqui.events.SafetyVerdict;
import dev.chasqui.events.VerdictOutcome;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Shows prompts, verdicts and tokens as lines of three columns: which prompt, what it is, what it
 * says. Owned by one thread.
 */
final class DemoView {

  /** One prompt and what came back. */
  private record Entry(int number, SamplePrompt sample, Reply reply) {}

  private final Terminal terminal;
  private final Paint paint;
  private final Map<String, Entry> entries = new LinkedHashMap<>();
  private final long start = System.nanoTime();
  private long firstToken;

  DemoView(Terminal terminal) {
    this.terminal = terminal;
    this.paint = terminal.outPaint();
  }

  void submitted(int number, String requestId, SamplePrompt sample) {
    Entry entry = new Entry(number, sample, new Reply());
    entries.put(requestId, entry);
    line(entry, "prompt", Tone.STRONG, Tone.STRONG, sample.text());
  }

  void verdict(SafetyVerdict verdict) {
    Entry entry = entries.get(verdict.getRequestId());
    if (entry != null) {
      Tone tone = tone(verdict.getOutcome());
      line(entry, "guard", tone, tone, Verdicts.sentence(verdict));
    }
  }

  private static Tone tone(VerdictOutcome outcome) {
    return switch (outcome) {
      case SAFE -> Tone.GOOD;
      case UNSAFE -> Tone.BAD;
      case REVIEW, UNDECIDED, DUPLICATE, UNKNOWN -> Tone.UNSURE;
    };
  }

  void response(ResponseEvent event) {
    Entry entry = entries.get(event.getRequestId());
    if (entry == null) {
      return;
    }
    entry.reply().accept(event);
    switch (event.getType()) {
      case TOKENS -> tokens(entry, event.getTokens().getText());
      case RETRACTED ->
          line(
              entry,
              "taken back",
              Tone.BAD,
              Tone.BAD,
              "all from token " + event.getRetracted().getFromSequence() + " on");
      case FINISHED -> line(entry, "finished", Tone.GOOD, Tone.FAINT, Sentences.end(event));
      case REJECTED, CANCELLED, EXPIRED, FAILED ->
          line(entry, "stopped", Tone.BAD, Tone.BAD, Sentences.end(event));
      case UNKNOWN -> {
        // of a later version
      }
    }
  }

  private void tokens(Entry entry, String text) {
    if (firstToken == 0) {
      firstToken = System.nanoTime();
    }
    if (!text.isBlank()) {
      line(entry, "answer", Tone.CALM, Tone.CALM, text.strip());
    }
  }

  boolean allEnded() {
    return entries.values().stream().allMatch(entry -> entry.reply().end().isPresent());
  }

  void summary() {
    double seconds = (System.nanoTime() - start) / 1e9;
    long finished = entries.values().stream().filter(DemoView::finished).count();
    int tokens = entries.values().stream().mapToInt(e -> e.reply().tokenIds(0).size()).sum();
    terminal.println("");
    terminal.println(
        String.format(
            Locale.ROOT,
            "%d prompts, %d answered, %d stopped: %d tokens in %.1f s, the first after %.1f s",
            entries.size(),
            finished,
            entries.size() - finished,
            tokens,
            seconds,
            firstToken == 0 ? seconds : (firstToken - start) / 1e9));
  }

  private static boolean finished(Entry entry) {
    return entry.reply().end().map(end -> end.getType() == ResponseType.FINISHED).orElse(false);
  }

  private void line(Entry entry, String what, Tone whatTone, Tone textTone, String text) {
    String margin = " ".repeat(MARGIN);
    String label =
        paint.paint(Tone.STRONG, "#" + entry.number())
            + "  "
            + paint.paint(whatTone, what)
            + " ".repeat(MARGIN - 4 - what.length());
    StringBuilder lines = new StringBuilder();
    for (String part : Wrapping.wrap(text, Math.max(30, terminal.columns() - MARGIN))) {
      lines
          .append(lines.isEmpty() ? label : margin)
          .append(paint.paint(textTone, part))
          .append('\n');
    }
    terminal.print(lines.toString());
  }

  /** Width of the first two columns. */
  private static final int MARGIN = 16;
}
