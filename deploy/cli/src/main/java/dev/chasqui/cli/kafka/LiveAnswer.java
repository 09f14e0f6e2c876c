package dev.chasqui.cli.kafka;

import dev.chasqui.cli.terminal.Paint.Tone;
import dev.chasqui.cli.terminal.Terminal;
import dev.chasqui.events.ResponseEvent;
import dev.chasqui.events.TokensReleased;
import dev.chasqui.events.TokensRetracted;
import java.util.List;

/**
 * Shows an answer as it comes on standard output, and on standard error what is said about it.
 *
 * <p>A person sees tokens at once, and where some are taken back, what stands after that. A file or
 * a program gets tokens that may yet be taken back only when they stand: it never holds what was
 * taken back. Of several answers the first is shown as it comes, the others when all have ended.
 * Owned by one thread.
 */
final class LiveAnswer {

  private final Terminal terminal;
  private boolean heldBack;
  private boolean takenBack;
  private boolean midLine;

  LiveAnswer(Terminal terminal) {
    this.terminal = terminal;
  }

  /** Shows a response that the reply has taken already. */
  void accept(ResponseEvent event, Reply reply) {
    switch (event.getType()) {
      case TOKENS -> tokens(event.getTokens());
      case RETRACTED -> takenBack(event.getRetracted());
      case FINISHED, REJECTED, CANCELLED, EXPIRED, FAILED -> end(event, reply);
      case UNKNOWN -> {
        // of a later version
      }
    }
  }

  /** Says something about the request. */
  void say(String line) {
    terminal.err().println(terminal.errPaint().paint(Tone.FAINT, line));
    terminal.err().flush();
  }

  private void tokens(TokensReleased tokens) {
    if (tokens.getChoice() != 0) {
      return;
    }
    heldBack |= tokens.getProvisional() && !terminal.outIsTerminal();
    if (!heldBack) {
      show(tokens.getText());
    }
  }

  private void takenBack(TokensRetracted retracted) {
    takenBack |= retracted.getChoice() == 0 && !heldBack;
    endLine();
    say(Sentences.retracted(retracted));
  }

  private void end(ResponseEvent event, Reply reply) {
    String first = reply.text(0);
    if (takenBack) {
      say(first.isEmpty() ? "nothing of the answer stands" : "of the answer stands:");
    }
    if (takenBack || heldBack) {
      show(first);
    }
    endLine();
    List<Integer> choices = reply.choices();
    choices.stream().filter(choice -> choice > 0).forEach(choice -> further(choice, reply));
    say(Sentences.end(event));
  }

  private void further(int choice, Reply reply) {
    say("answer %d:".formatted(choice + 1));
    show(reply.text(choice));
    endLine();
  }

  private void show(String text) {
    terminal.print(text);
    midLine |= !text.isEmpty();
  }

  private void endLine() {
    if (midLine) {
      terminal.println("");
      midLine = false;
    }
  }
}
