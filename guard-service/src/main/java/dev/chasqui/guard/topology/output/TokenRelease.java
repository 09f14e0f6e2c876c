package dev.chasqui.guard.topology.output;

import dev.chasqui.events.TokensGenerated;
import dev.chasqui.events.TokensReleased;
import dev.chasqui.events.TokensRetracted;
import dev.chasqui.guard.policy.ReleaseMode;
import dev.chasqui.guard.topology.wire.Final;
import dev.chasqui.stream.Measured;
import java.util.List;

/**
 * Shows tokens of answers to their readers, and takes them back. How far they may see is for {@link
 * Choice} to say. Belongs to the stream thread.
 */
final class TokenRelease {

  private static final Measured NOTHING = new Measured.Fits(0);

  private final OutputPorts ports;
  private final AnswerLedger ledger;

  TokenRelease(OutputPorts ports, AnswerLedger ledger) {
    this.ports = ports;
    this.ledger = ledger;
  }

  /** Shows what the generator has just sent, where the release mode waits for no verdict. */
  Measured received(Answer answer, Choice choice, TokensGenerated chunk) {
    return answer.start().showsUnjudged()
        ? show(answer, choice, new AnswerText(List.of(chunk)))
        : NOTHING;
  }

  /** Shows what a verdict has just let through, where the release mode waits for it. */
  Measured judged(Answer answer, Choice choice) {
    return switch (answer.start().mode()) {
      case WINDOW -> rest(answer, choice);
      case FULL, RETRACT, AUDIT -> NOTHING;
    };
  }

  /** Shows all that may be seen of a choice and was not. */
  Measured rest(Answer answer, Choice choice) {
    return show(answer, choice, ledger.text(answer.requestId(), choice));
  }

  /** Takes back what was seen and never let through; what stays is what WINDOW would have shown. */
  void takeBack(Answer answer, Final end) {
    if (answer.start().mode() != ReleaseMode.RETRACT) {
      return;
    }
    for (Choice choice : answer.choices()) {
      if (choice.releasedTo() > choice.judgedTo()) {
        ports
            .responses()
            .retracted(
                answer.start().address(), new TokensRetracted(choice.number(), choice.judgedTo()));
        ports.observer().retracted(answer.start().reference(), end);
      }
    }
  }

  private Measured show(Answer answer, Choice choice, AnswerText text) {
    for (TokensReleased.Builder tokens : text.release(choice.releasedTo(), choice.releasable())) {
      tokens.setProvisional(isProvisional(answer, choice, tokens.getSequence()));
      Measured measured = ports.responses().tokens(answer.start().address(), tokens.build());
      if (measured instanceof Measured.TooLarge) {
        return measured;
      }
      choice.released(tokens.getSequence() + tokens.getTokenIds().size());
    }
    return NOTHING;
  }

  /** Nothing takes back what AUDIT shows. */
  private static boolean isProvisional(Answer answer, Choice choice, int sequence) {
    return answer.start().mode() == ReleaseMode.RETRACT && sequence >= choice.judgedTo();
  }
}
