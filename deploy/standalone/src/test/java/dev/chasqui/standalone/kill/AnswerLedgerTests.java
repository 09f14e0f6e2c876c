package dev.chasqui.standalone.kill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.events.FinishReason;
import dev.chasqui.events.ResponseEvent;
import dev.chasqui.events.ResponseFinished;
import dev.chasqui.events.ResponseType;
import dev.chasqui.events.Timings;
import dev.chasqui.events.TokensReleased;
import dev.chasqui.events.Usage;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The checker of the kill test finds each fault that a broken build can make. */
class AnswerLedgerTests {

  private final AnswerLedger ledger = new AnswerLedger(Map.of("a", List.of(10, 11, 12)));

  @Test
  void findsNothingWrongWithAWholeAnswer() {
    see(tokens(0, 10, 11), tokens(2, 12), finished());

    assertThat(ledger.faults()).isEmpty();
    assertThat(ledger.finished()).isEqualTo(1);
  }

  @Test
  void findsAHole() {
    see(tokens(0, 10), tokens(2, 12), finished());

    assertThat(ledger.faults()).anyMatch(fault -> fault.contains("sequence 2 where 1 was due"));
  }

  @Test
  void findsARepetition() {
    see(tokens(0, 10, 11), tokens(1, 11, 12), finished());

    assertThat(ledger.faults()).anyMatch(fault -> fault.contains("sequence 1 where 2 was due"));
  }

  @Test
  void findsAnotherToken() {
    see(tokens(0, 10, 99, 12), finished());

    assertThat(ledger.faults()).singleElement().asString().contains("99");
  }

  @Test
  void findsASecondFinal() {
    see(tokens(0, 10, 11, 12), finished(), finished());

    assertThat(ledger.faults()).anyMatch(fault -> fault.contains("after the final record"));
  }

  @Test
  void findsALostAnswer() {
    see(tokens(0, 10, 11, 12));

    assertThat(ledger.faults()).containsExactly("a: no final record");
  }

  private void see(ResponseEvent... events) {
    List.of(events).forEach(ledger::add);
  }

  private static ResponseEvent tokens(int sequence, Integer... ids) {
    return event(ResponseType.TOKENS)
        .setTokens(
            TokensReleased.newBuilder()
                .setSequence(sequence)
                .setTokenIds(List.of(ids))
                .setText("")
                .build())
        .build();
  }

  private static ResponseEvent finished() {
    return event(ResponseType.FINISHED)
        .setFinished(
            ResponseFinished.newBuilder()
                .setReason(FinishReason.LENGTH)
                .setUsage(Usage.newBuilder().build())
                .setTimings(Timings.newBuilder().build())
                .build())
        .build();
  }

  private static ResponseEvent.Builder event(ResponseType type) {
    return ResponseEvent.newBuilder().setRequestId("a").setType(type).setTime(Instant.EPOCH);
  }
}
