package dev.chasqui.inference.topology;

import dev.chasqui.engine.api.GenerationEvent;
import dev.chasqui.engine.api.TokenIds;
import dev.chasqui.stream.Turnstile;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One request in one incarnation of its task: where it stands, and tokens not forwarded yet.
 * Belongs to the stream thread.
 */
final class Answer {

  private final Queued request;
  private State state = State.QUEUED;
  private Turnstile.@Nullable Ticket ticket;
  private @Nullable Instant handedOver;
  private TokenIds gathered = TokenIds.empty();
  private final StringBuilder gatheredText = new StringBuilder();
  private int nextSequence;
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

  /** Tokens that were made known, in this incarnation or before. */
  int knownTokens() {
    return nextSequence;
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
  void recall(int committedTokens) {
    nextSequence = committedTokens;
    opened = committedTokens > 0;
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

  /**
   * Takes tokens to be forwarded at the end of the turn.
   *
   * @return whether they go on exactly behind the last ones
   */
  boolean gather(GenerationEvent.Tokens tokens) {
    if (tokens.sequence() != nextSequence + gathered.size()) {
      return false;
    }
    gathered = gathered.isEmpty() ? tokens.tokenIds() : gathered.plus(tokens.tokenIds());
    gatheredText.append(tokens.text());
    return true;
  }

  int gatheredTokens() {
    return gathered.size();
  }

  /** Returns what was gathered since the last time, perhaps nothing. */
  GenerationEvent.Tokens takeGathered() {
    var tokens = new GenerationEvent.Tokens(nextSequence, gathered, gatheredText.toString());
    nextSequence += gathered.size();
    gathered = TokenIds.empty();
    gatheredText.setLength(0);
    return tokens;
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
