package dev.chasqui.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TurnstileTests {

  private final Turnstile turnstile = new Turnstile(() -> 2);
  private final List<String> called = new ArrayList<>();

  @Test
  void letsThroughAtOnceWhileThereIsRoom() {
    assertThat(enter("a", 0).isInside()).isTrue();
    assertThat(enter("b", 0).isInside()).isTrue();
    assertThat(enter("c", 0).isInside()).isFalse();
    assertThat(called).isEmpty();
    assertThat(turnstile.queuedRequests()).isEqualTo(1);
    assertThat(turnstile.queuedTokens()).isEqualTo(7);
  }

  @Test
  void callsTheNextInLineWhenSomebodyLeaves() {
    Turnstile.Ticket first = enter("a", 0);
    enter("b", 0);
    enter("c", 0);
    Turnstile.Ticket urgent = enter("d", 1);

    first.leave();

    assertThat(called).containsExactly("d");
    assertThat(urgent.isInside()).isTrue();
    assertThat(turnstile.inside()).isEqualTo(2);
  }

  @Test
  void givesNobodyTheRoomOfOneWhoOnlyWaited() {
    enter("a", 0);
    enter("b", 0);
    Turnstile.Ticket waiting = enter("c", 0);
    enter("d", 0);
    waiting.leave();
    assertThat(called).isEmpty();
    assertThat(turnstile.queuedRequests()).isEqualTo(1);
  }

  @Test
  void countsALeaverOnce() {
    Turnstile.Ticket first = enter("a", 0);
    enter("b", 0);
    enter("c", 0);
    enter("d", 0);
    first.leave();
    first.leave();
    assertThat(called).containsExactly("c");
  }

  private Turnstile.Ticket enter(String name, int priority) {
    Waiting waiting = new Waiting("t", priority, Optional.empty(), Instant.EPOCH, 7);
    return turnstile.enter(waiting, () -> called.add(name));
  }
}
