package dev.chasqui.engine.grammar;

import dev.chasqui.engine.api.InvalidRequestException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A network made deterministic as far as answers go: a state is the set of all places where a text
 * so far may have led, each with the calls that it has to come back from. States are made when they
 * are first reached and shared from then on. Not safe for several threads; its {@link TokenGrammar}
 * sees to that.
 */
final class Automaton {

  /** How deep calls may be nested: deeper places are given up, and their texts with them. */
  private static final int DEEPEST = 256;

  /** Places of one state: more of them mean that the grammar can be read in too many ways. */
  private static final int MOST_PLACES = 2_000;

  private final Network network;
  private final int[] byteClasses;
  private final int mostStates;
  private final Map<Places, State> states = new HashMap<>();
  private final Map<Long, Stack> stacks = new HashMap<>();
  private int nextStack;
  private @Nullable State start;

  /**
   * Prepares an automaton.
   *
   * @param network the grammar
   * @param mostStates how many states are kept; then they are forgotten and made anew
   */
  Automaton(Network network, int mostStates) {
    this.network = network;
    this.byteClasses = network.byteClasses();
    this.mostStates = mostStates;
  }

  /** Calls to come back from, the innermost first. */
  private record Stack(int number, int back, @Nullable Stack below, int depth) {}

  private record Place(int node, @Nullable Stack stack) {

    long key() {
      return (long) node << 32 | (stack == null ? 0 : stack.number());
    }
  }

  /** What a state is known by. */
  private record Places(long[] keys) {

    @Override
    public boolean equals(Object other) {
      return other instanceof Places that && Arrays.equals(keys, that.keys);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(keys);
    }
  }

  /** Where a text has led. */
  static final class State {

    private final Place[] places;
    private final boolean accepting;
    private final State[] next;

    private State(Place[] places, boolean accepting, int classes) {
      this.places = places;
      this.accepting = accepting;
      this.next = new State[places.length == 0 ? 0 : classes];
    }

    /** Returns whether the text may end here. */
    boolean isAccepting() {
      return accepting;
    }

    /** Returns whether nothing can follow. */
    boolean isFinal() {
      return places.length == 0;
    }

    /** Returns whether the text fits the grammar in no way. */
    boolean isDead() {
      return places.length == 0 && !accepting;
    }
  }

  State start() {
    if (start == null || states.size() > mostStates) {
      states.clear();
      stacks.clear();
      start = new Closure().add(new Place(network.start(), null)).state();
    }
    return start;
  }

  /** Returns where one more byte leads. */
  State next(State from, int value) {
    if (from.isFinal()) {
      return dead();
    }
    int byteClass = byteClasses[value];
    State known = from.next[byteClass];
    if (known != null) {
      return known;
    }
    Closure closure = new Closure();
    for (Place place : from.places) {
      int[] edges = network.node(place.node()).edges();
      for (int i = 0; i < edges.length; i += 3) {
        if (edges[i] <= value && value <= edges[i + 1]) {
          closure.add(new Place(edges[i + 2], place.stack()));
        }
      }
    }
    State made = closure.state();
    from.next[byteClass] = made;
    return made;
  }

  private State dead() {
    return new Closure().state();
  }

  private Stack pushed(int back, @Nullable Stack below) {
    long key = (long) back << 32 | (below == null ? 0 : below.number());
    return stacks.computeIfAbsent(
        key, fresh -> new Stack(++nextStack, back, below, below == null ? 1 : below.depth() + 1));
  }

  /** All places that are reached without taking a byte. */
  private final class Closure {

    private final Set<Long> seen = new HashSet<>();
    private final Map<Long, Place> places = new HashMap<>();
    private final Deque<Place> open = new ArrayDeque<>();
    private boolean accepting;

    Closure add(Place first) {
      visit(first);
      while (!open.isEmpty()) {
        expand(open.pop());
      }
      return this;
    }

    State state() {
      long[] keys = places.keySet().stream().mapToLong(Long::longValue).sorted().toArray();
      Place[] inOrder = new Place[keys.length];
      for (int i = 0; i < keys.length; i++) {
        inOrder[i] = places.get(keys[i]);
      }
      long[] known = Arrays.copyOf(keys, keys.length + 1);
      known[keys.length] = accepting ? -1 : -2;
      int classes = byteClasses[255] + 1;
      return states.computeIfAbsent(
          new Places(known), fresh -> new State(inOrder, accepting, classes));
    }

    private void visit(Place place) {
      if (seen.add(place.key())) {
        if (seen.size() > MOST_PLACES) {
          throw new InvalidRequestException(
              "invalid-schema",
              "response-format",
              "response-format can be read in more than %d ways at one place: the most is that. Write options that begin differently."
                  .formatted(MOST_PLACES));
        }
        open.push(place);
      }
    }

    private void expand(Place place) {
      Network.Node node = network.node(place.node());
      if (node.edges().length > 0) {
        places.put(place.key(), place);
      }
      for (int to : node.leaps()) {
        visit(new Place(to, place.stack()));
      }
      int[] calls = node.calls();
      for (int i = 0; i < calls.length; i += 2) {
        call(calls[i], calls[i + 1], place.stack());
      }
      if (node.ends()) {
        Stack stack = place.stack();
        if (stack == null) {
          accepting = true;
        } else {
          visit(new Place(stack.back(), stack.below()));
        }
      }
    }

    /** A call in last position needs no coming back, so lists do not nest. */
    private void call(int rule, int back, @Nullable Stack stack) {
      if (network.node(back).onlyEnds()) {
        visit(new Place(rule, stack));
      } else if (stack == null || stack.depth() < DEEPEST) {
        visit(new Place(rule, pushed(back, stack)));
      }
    }
  }
}
