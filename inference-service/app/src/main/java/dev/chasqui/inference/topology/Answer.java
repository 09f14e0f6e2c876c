package dev.chasqui.inference.topology;

import dev.chasqui.engine.api.EngineCall;
import dev.chasqui.engine.api.GenerationEvent;
import dev.chasqui.stream.Turnstile;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * One request in one incarnation of its task: where it stands, and its choices. Belongs to the
 * stream thread.
 */
final class Answer {

  private final Queued request;
  private State state = State.QUEUED;
  private Turnstile.@Nullable Ticket ticket;
  private @Nullable Instant handedOver;
  private @Nullable EngineCall call;
  private final List<Choice> choices;
  private boolean opened;

  /**
   * Where it stands.
   *
   * <pre>
   * QUEUED --handed to an engine--> RUNNING
   *    \                              |
   *     `----------terminal event-----+--> ENDED
   * </pre>
   */
  private enum State {
    QUEUED,
    RUNNING,
    ENDED
  }

  Answer(Queued request) {
    this.request = request;
    this.choices =
        IntStream.range(0, request.choices()).mapToObj(n -> new Choice(this, n)).toList();
  }

  List<Choice> choices() {
    return choices;
  }

  String requestId() {
    return request.requestId();
  }

  Queued request() {
    return request;
  }

  boolean isQueued() {
    return state == State.QUEUED;
  }

  boolean hasEnded() {
    return state == State.ENDED;
  }

  /** Tokens of all choices that were made known, in this incarnation or before. */
  int knownTokens() {
    return choices.stream().mapToInt(Choice::knownTokens).sum();
  }

  /** Learns who knows the length of the prompt. */
  void isComputedBy(EngineCall ofFirstChoice) {
    call = ofFirstChoice;
  }

  /** Tokens of the prompt; 0 while no engine has seen it. */
  int promptTokens() {
    return call == null ? 0 : call.promptTokens();
  }

  void waitsWith(Turnstile.Ticket place) {
    ticket = place;
  }

  boolean hasTurn() {
    return ticket != null && ticket.isInside();
  }

  /**
   * Learns from the store what an earlier incarnation made known. Whoever has committed tokens has
   * been opened.
   */
  void recall(List<Ledger.Progress> progress) {
    for (Choice choice : choices) {
      choice.recall(progress.get(choice.number()).tokenIds().size());
    }
    opened = knownTokens() > 0;
  }

  /** Goes to an engine. */
  void handOver(Instant now) {
    if (state != State.QUEUED) {
      throw new IllegalStateException(requestId() + " is " + state + ", not queued");
    }
    state = State.RUNNING;
    handedOver = now;
  }

  /** Returns whether {@code started} was forwarded. */
  boolean isOpened() {
    return opened;
  }

  void open() {
    opened = true;
  }

  /** Ends, and gives its room to the next one. */
  void end() {
    state = State.ENDED;
    leave();
  }

  /** Gives its room to the next one. */
  void leave() {
    if (ticket != null) {
      ticket.leave();
    }
  }

  /** Returns how its choices ended, as one, if all have. */
  Optional<Ending.Finished> joinedEnd() {
    return choices.stream().allMatch(choice -> choice.end().isPresent())
        ? Optional.of(
            ChoiceEnds.joined(choices.stream().map(choice -> choice.end().orElseThrow()).toList()))
        : Optional.empty();
  }

  /** Counts an engine's times, which begin at the call, from the arrival. */
  GenerationEvent.Timings sinceArrival(GenerationEvent.Timings ofCall) {
    Duration line = handedOver == null ? Duration.ZERO : since(handedOver);
    return new GenerationEvent.Timings(
        line.plus(ofCall.queued()), line.plus(ofCall.firstToken()), line.plus(ofCall.total()));
  }

  /** The times of one that ends without a word of its engine. */
  GenerationEvent.Timings cutShort(Instant now) {
    Duration queued = handedOver == null ? since(now) : since(handedOver);
    return new GenerationEvent.Timings(queued, queued, since(now));
  }

  /** Never negative: the admission bears the time of another machine. */
  private Duration since(Instant moment) {
    Duration passed = Duration.between(request.arrival(), moment);
    return passed.isNegative() ? Duration.ZERO : passed;
  }
}
