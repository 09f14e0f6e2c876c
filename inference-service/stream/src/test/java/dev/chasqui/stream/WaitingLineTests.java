package dev.chasqui.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WaitingLineTests {

  private final WaitingLine<String> line = new WaitingLine<>();

  @Test
  void letsHigherPriorityGoFirst() {
    line.add("normal", waiting("t", 0, 1));
    line.add("high", waiting("t", 5, 2));
    line.add("low", waiting("t", -5, 0));
    assertThat(order()).containsExactly("high", "normal", "low");
  }

  @Test
  void letsTheEarliestDeadlineOfATenantGoFirst() {
    line.add("none", waiting("t", 0, 0));
    line.add("late", due("t", 200));
    line.add("soon", due("t", 100));
    assertThat(order()).containsExactly("soon", "late", "none");
  }

  @Test
  void letsTheEarliestArrivalGoFirst() {
    line.add("second", waiting("t", 0, 2));
    line.add("first", waiting("t", 0, 1));
    line.add("third", waiting("t", 0, 2));
    assertThat(order()).containsExactly("first", "second", "third");
  }

  @Test
  void letsTenantsTakeTurns() {
    for (int i = 0; i < 3; i++) {
      line.add("a" + i, due("a", i));
    }
    line.add("b0", waiting("b", 0, 9));
    line.add("c0", waiting("c", 0, 9));
    assertThat(order()).containsExactly("a0", "b0", "c0", "a1", "a2");
  }

  @Test
  void forgetsWhoLeaves() {
    line.add("a", waiting("t", 0, 0));
    line.add("b", waiting("t", 0, 1));
    assertThat(line.remove("a")).isTrue();
    assertThat(line.remove("a")).isFalse();
    assertThat(order()).containsExactly("b");
    assertThat(line.take()).isEmpty();
  }

  @Test
  void countsRequestsAndTokens() {
    line.add("a", waiting("t", 0, 0));
    line.add("b", waiting("u", 0, 1));
    assertThat(line.size()).isEqualTo(2);
    assertThat(line.tokens()).isEqualTo(20);
    line.take();
    assertThat(line.tokens()).isEqualTo(10);
  }

  private List<String> order() {
    List<String> order = new ArrayList<>();
    for (Optional<String> next = line.take(); next.isPresent(); next = line.take()) {
      order.add(next.get());
    }
    return order;
  }

  private static Waiting waiting(String tenant, int priority, long arrival) {
    return new Waiting(tenant, priority, Optional.empty(), Instant.ofEpochMilli(arrival), 10);
  }

  private static Waiting due(String tenant, long deadline) {
    Optional<Instant> due = Optional.of(Instant.ofEpochMilli(deadline));
    return new Waiting(tenant, 0, due, Instant.EPOCH, 10);
  }
}
