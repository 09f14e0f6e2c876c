package dev.chasqui.stream;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.kafka.streams.KeyValue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AsyncProcessorTests {

  private final EchoTopology echo = new EchoTopology();

  @AfterEach
  void close() {
    echo.close();
  }

  @Test
  void forwardsAnswersInTheTurnAfterTheyCame() {
    echo.in.pipeInput("a", "hello");
    echo.turn();
    assertThat(echo.out.isEmpty()).isTrue();

    echo.calls.getFirst().answer("HELLO");
    assertThat(echo.out.isEmpty()).isTrue();
    echo.turn();

    assertThat(echo.out.readKeyValuesToList()).containsExactly(new KeyValue<>("a", "HELLO"));
    assertThat(echo.stored()).isEmpty();
  }

  @Test
  void callsAgainForWhatIsStoredWhenItOpensAgain() {
    echo.in.pipeInput("a", "hello");
    echo.turn();

    echo.abortTo(echo.stored());
    echo.turn();

    assertThat(echo.cancelled).containsExactly("a");
    assertThat(echo.calls).extracting(EchoTopology.Call::text).containsExactly("hello", "hello");
  }

  @Test
  void dropsAnswersToAnEarlierIncarnation() {
    echo.in.pipeInput("a", "hello");
    echo.turn();
    echo.calls.getFirst().answer("before the abort");
    echo.abortTo(echo.stored());
    echo.calls.getFirst().answer("after the abort");
    echo.turn();
    echo.calls.getLast().answer("of this incarnation");
    echo.turn();

    assertThat(echo.out.readValuesToList()).containsExactly("of this incarnation");
  }

  @Test
  void forgetsWhatTheStoreRolledBack() {
    var committed = echo.stored();
    echo.in.pipeInput("a", "hello");

    echo.abortTo(committed);
    echo.turn();

    assertThat(echo.calls).isEmpty();
  }

  @Test
  void failsOnlyTheRequestThatIsTooLarge() {
    echo.in.pipeInput("big", "x".repeat(EchoTopology.LIMIT.maxRequestSize()));
    echo.in.pipeInput("small", "hello");
    echo.turn();

    assertThat(echo.out.readKeyValue().value).contains("2,307 bytes").contains("2,048");
    assertThat(echo.calls).extracting(EchoTopology.Call::id).containsExactly("small");
  }

  @Test
  void cancelsOpenCallsWhenItCloses() {
    echo.in.pipeInput("a", "hello");
    echo.turn();

    echo.close();

    assertThat(echo.cancelled).containsExactly("a");
  }
}
