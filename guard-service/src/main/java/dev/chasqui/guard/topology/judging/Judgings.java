package dev.chasqui.guard.topology.judging;

import dev.chasqui.guard.classifier.Inquiry;
import dev.chasqui.guard.classifier.ShadowListener;
import dev.chasqui.guard.classifier.Subject;
import dev.chasqui.guard.policy.Policy;
import dev.chasqui.guard.verdict.Cause;
import dev.chasqui.guard.verdict.Verdict;
import dev.chasqui.stream.Mailbox;
import dev.chasqui.stream.OpenCalls;
import dev.chasqui.stream.TaskPort;
import dev.chasqui.stream.Turnstile;
import dev.chasqui.stream.Waiting;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * The judgings that one incarnation of a task has open, one a request at most.
 *
 * <pre>
 * submit ─▶ NEW ─enterLine─▶ WAITING ─TurnCame─▶ ASKED ─Judged, overdue─▶ gone
 *            │                  ▲│                  │
 *            │     policy found ││ policy unknown   │
 *            │                  │▼                  │
 *            │             WITHOUT POLICY ─overdue──┼───────────────────▶ gone
 *            └──────────────────┴───────────────────┴──────withdraw─────▶ gone
 * </pre>
 *
 * <p>A judging of several texts asks about one after the other and keeps its place until the last
 * has its verdict; there is one judgement of all, so after a crash all are asked again. Each has
 * the whole time limit. Policies that only watch are asked about the first text.
 *
 * <p>A policy that was published a moment ago may be known to another process already and not yet
 * to this one. So a judging without its policy gives up its place, waits a while, and is undecided
 * only then.
 *
 * <p>What is late for one that is gone is dropped by its number. Belongs to the stream thread.
 */
public final class Judgings {

  private static final int MOST_AT_ONCE = 500;
  private static final String UNASKED = "an earlier text of the same prompt took too long";
  private static final Duration LOOK_INTERVAL = Duration.ofMillis(100);

  private final GuardDesk desk;
  private final TaskPort<Signal> port;
  private final Function<String, Optional<JudgingCase>> reader;
  private final Map<Long, Judging> open = new LinkedHashMap<>();
  private final Map<String, Long> numbers = new LinkedHashMap<>();
  private final Map<Long, Instant> askedAt = new LinkedHashMap<>();
  private final Map<Long, Instant> withoutPolicySince = new LinkedHashMap<>();
  private final TreeSet<Long> fresh = new TreeSet<>();
  private long nextNumber;
  private Instant nextLook = Instant.MIN;

  /**
   * Opens none yet.
   *
   * @param desk the guard
   * @param port mailbox and open calls of the incarnation
   * @param reader reads what is to be judged of a request, at the moment when the guard has room;
   *     empty where its policy is not here
   */
  public Judgings(
      GuardDesk desk, TaskPort<Signal> port, Function<String, Optional<JudgingCase>> reader) {
    this.desk = desk;
    this.port = port;
    this.reader = reader;
  }

  /** One judging: its place in line, later its calls, one after the other, and what they found. */
  private static final class Judging implements OpenCalls.OpenCall {

    private final String requestId;
    private final Deque<Part> left = new ArrayDeque<>();
    private final List<PartVerdict> found = new ArrayList<>();
    private String part = "";
    private Optional<Policy> policy = Optional.empty();
    private final Waiting waiting;
    private Optional<Turnstile.Ticket> ticket = Optional.empty();
    private Optional<Inquiry> call = Optional.empty();

    Judging(String requestId, Waiting waiting) {
      this.requestId = requestId;
      this.waiting = waiting;
    }

    @Override
    public void cancel() {
      call.ifPresent(Inquiry::cancel);
      leave();
    }

    void leave() {
      ticket.ifPresent(Turnstile.Ticket::leave);
    }

    void found(Verdict verdict, Duration latency) {
      found.add(new PartVerdict(part, verdict, latency));
    }

    Judgement judgement() {
      PartVerdict first = found.getFirst();
      return new Judgement(
          requestId, first.verdict(), first.latency(), found.subList(1, found.size()));
    }
  }

  /**
   * Asks for a judgement; nothing is called before {@link #enterLine}.
   *
   * @param requestId the request, none of which is open
   * @param waiting where it belongs in line
   */
  public void submit(String requestId, Waiting waiting) {
    long number = nextNumber++;
    if (numbers.putIfAbsent(requestId, number) != null) {
      throw new IllegalStateException("a judging of " + requestId + " is open already");
    }
    open.put(number, new Judging(requestId, waiting));
    fresh.add(number);
  }

  /**
   * Puts what was submitted in line, and asks the guard where it has room. Of very many, some are
   * left for the next time, so that a turn stays short.
   */
  public void enterLine() {
    for (int left = Math.min(MOST_AT_ONCE, fresh.size()); left > 0; left--) {
      enter(Objects.requireNonNull(fresh.pollFirst()));
    }
  }

  /**
   * Returns whether a judging of a request is open.
   *
   * @param requestId the request
   * @return whether a judgement will come
   */
  public boolean isOpen(String requestId) {
    return numbers.containsKey(requestId);
  }

  /**
   * Gives a judging up; does nothing where none is open.
   *
   * @param requestId the request
   */
  public void withdraw(String requestId) {
    Optional.ofNullable(numbers.get(requestId)).ifPresent(number -> forget(number).cancel());
  }

  /**
   * Takes a signal.
   *
   * @param signal from the mailbox
   * @return the judgement that it brings, if any
   */
  public Optional<Judgement> onSignal(Signal signal) {
    return switch (signal) {
      case Signal.TurnCame(long number) -> {
        if (open.containsKey(number)) {
          ask(number);
        }
        yield Optional.empty();
      }
      case Signal.Judged(long number, Verdict verdict) ->
          open.containsKey(number) ? judged(number, verdict) : Optional.empty();
      case Signal.Watched(var shadow, var verdict, var askedAt, var recording) -> {
        recording.record(shadow, verdict, Duration.between(askedAt, port.now()));
        yield Optional.empty();
      }
    };
  }

  /**
   * Gives up what the guard has not answered in time, and what has waited long enough for its
   * policy.
   *
   * @param now wall clock
   * @return a judgement for each, undecided where no score has come
   */
  public List<Judgement> overdue(Instant now) {
    List<Judgement> overdue = new ArrayList<>(withoutPolicy(now));
    // All have the same time, so the order of asking is that of running out.
    while (!askedAt.isEmpty()) {
      Map.Entry<Long, Instant> oldest = askedAt.entrySet().iterator().next();
      if (now.isBefore(oldest.getValue().plus(desk.timeout()))) {
        break;
      }
      Judging late = open.get(oldest.getKey());
      late.cancel();
      late.found(timedOut(late), sinceAsked(oldest.getKey()));
      for (Part unasked : late.left) {
        late.part = unasked.name();
        late.found(Verdict.undecided(Cause.TIMED_OUT, UNASKED), Duration.ZERO);
      }
      overdue.add(forget(oldest.getKey()).judgement());
    }
    return overdue;
  }

  /** Asks about what has its policy now; returns what has waited too long for it. */
  private List<Judgement> withoutPolicy(Instant now) {
    List<Judgement> overdue = new ArrayList<>();
    if (now.isBefore(nextLook)) {
      return overdue;
    }
    nextLook = now.plus(LOOK_INTERVAL);
    for (Map.Entry<Long, Instant> each : List.copyOf(withoutPolicySince.entrySet())) {
      long number = each.getKey();
      if (reader.apply(open.get(number).requestId).isPresent()) {
        withoutPolicySince.remove(number);
        enter(number);
      } else if (!now.isBefore(each.getValue().plus(desk.policyWait()))) {
        Duration waited = Duration.between(each.getValue(), now);
        open.get(number).found(Judgement.WITHOUT_POLICY, waited);
        overdue.add(forget(number).judgement());
      }
    }
    return overdue;
  }

  private Verdict timedOut(Judging late) {
    String reason =
        "the guard gave no verdict within %s; is its engine overloaded or down? See chasqui.guard.timeout."
            .formatted(desk.timeout());
    return late.call
        .map(inquiry -> inquiry.standing(Cause.TIMED_OUT, reason))
        .orElseGet(() -> Verdict.undecided(Cause.TIMED_OUT, reason));
  }

  private void enter(long number) {
    Judging judging = open.get(number);
    Mailbox.Sender<Signal> sender = port.sender();
    Turnstile.Ticket ticket =
        desk.turnstile().enter(judging.waiting, () -> sender.send(new Signal.TurnCame(number)));
    judging.ticket = Optional.of(ticket);
    port.calls().opened(number, judging);
    if (ticket.isInside()) {
      ask(number);
    }
  }

  private void ask(long number) {
    if (askedAt.containsKey(number)) {
      return;
    }
    Judging judging = open.get(number);
    Optional<JudgingCase> judged = reader.apply(judging.requestId);
    judged.ifPresent(whole -> judging.left.addAll(whole.parts()));
    if (judged.isEmpty()) {
      judging.leave();
      port.calls().ended(number);
      withoutPolicySince.put(number, port.now());
    } else {
      askedAt.put(number, port.now());
      judging.policy = judged.map(JudgingCase::policy);
      JudgingCase whole = judged.get();
      judging.call = Optional.of(call(number, judging, whole.subject(), whole.shadows()));
    }
  }

  /** Takes the verdict on one text, and asks about the next. */
  private Optional<Judgement> judged(long number, Verdict verdict) {
    Judging judging = open.get(number);
    judging.found(verdict, sinceAsked(number));
    Part next = judging.left.poll();
    if (next == null) {
      return Optional.of(forget(number).judgement());
    }
    judging.part = next.name();
    askedAt.remove(number); // the latest asked stands last
    askedAt.put(number, port.now());
    JudgingCase.Shadows nobody = JudgingCase.Shadows.NONE;
    judging.call = Optional.of(call(number, judging, next.subject(), nobody));
    return Optional.empty();
  }

  private Duration sinceAsked(long number) {
    return Duration.between(askedAt.get(number), port.now());
  }

  private Inquiry call(long number, Judging judging, Subject subject, JudgingCase.Shadows shadows) {
    Mailbox.Sender<Signal> sender = port.sender();
    boolean isLast = judging.left.isEmpty();
    Instant begin = port.now();
    return desk.classifier()
        .judge(
            subject,
            judging.policy.orElseThrow(),
            shadows.policies(),
            new ShadowListener() {
              @Override
              public void judged(Verdict verdict) {
                if (isLast) {
                  judging.leave();
                }
                sender.send(new Signal.Judged(number, verdict));
              }

              @Override
              public void watched(Policy shadow, Verdict verdict) {
                sender.send(new Signal.Watched(shadow, verdict, begin, shadows.recording()));
              }
            });
  }

  private Judging forget(long number) {
    Judging judging = open.remove(number);
    numbers.remove(judging.requestId);
    askedAt.remove(number);
    withoutPolicySince.remove(number);
    fresh.remove(number);
    port.calls().ended(number);
    judging.leave();
    return judging;
  }
}
