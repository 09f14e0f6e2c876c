package dev.chasqui.guard.topology.output;

import dev.chasqui.events.GenerationStarted;
import dev.chasqui.events.PolicyReference;
import dev.chasqui.guard.policy.Policy;
import dev.chasqui.guard.policy.ReleaseMode;
import dev.chasqui.guard.topology.state.AnswerPhase;
import dev.chasqui.guard.topology.state.AnswerProgress;
import dev.chasqui.guard.topology.state.ChoiceProgress;
import dev.chasqui.guard.topology.state.HeldWindow;
import dev.chasqui.guard.topology.wire.Address;
import dev.chasqui.guard.topology.wire.PolicyReferences;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * How far one answer has come: the progress of its choices in the store, and what follows from the
 * other stores. Its choices are judged one at a time. Belongs to the stream thread.
 */
final class Answer {

  private final String requestId;
  private final Optional<Start> start;
  private final List<Choice> choices;
  private int judging;
  private boolean ended;
  private Optional<HeldWindow> held = Optional.empty();
  private int reviews;

  /**
   * What an answer keeps in memory of how it began; a closed one nothing.
   *
   * @param address what every event about it repeats
   * @param pool who generates
   * @param mode the release mode that the answer began under
   * @param found looks for the policy that holds
   * @param time when the prompt was submitted
   * @param choices how many answers are made
   */
  record Start(
      Address address,
      String pool,
      ReleaseMode mode,
      Supplier<Optional<Policy>> found,
      Instant time,
      int choices) {

    static Start of(String requestId, GenerationStarted started, Supplier<Optional<Policy>> found) {
      return new Start(
          Address.of(requestId, started),
          started.getPool(),
          PolicyReferences.mode(started.getReleaseMode()),
          found,
          started.getSubmitTime(),
          Math.max(1, started.getChoices()));
    }

    /** Returns the policy that holds; empty while it is not here. */
    Optional<Policy> policy() {
      return found.get();
    }

    /** Returns what names the policy that holds, whether it is here or not. */
    PolicyReference reference() {
      return address.policy().orElseThrow();
    }

    /** Without its policy the first token that comes waits for it, and fails closed. */
    int windowTokens() {
      return policy().map(known -> known.release().windowTokens()).orElse(1);
    }

    /** Whether readers see tokens before they are judged. */
    boolean showsUnjudged() {
      return mode.showsUnjudged();
    }

    /** Whether a verdict can stop the answer. */
    boolean heedsVerdicts() {
      return mode.heedsVerdicts() || policy().isEmpty();
    }
  }

  private Answer(String requestId, Optional<Start> start, List<Choice> choices) {
    this.requestId = requestId;
    this.start = start;
    this.choices = choices;
  }

  static Answer open(Start start, AnswerProgress progress) {
    List<Choice> choices = new ArrayList<>();
    choices.add(
        new Choice(
            0,
            start.mode(),
            new ChoiceProgress(
                progress.getJudgedTo(), progress.getReleasedTo(), progress.getContextFrom())));
    for (int number = 1; number < start.choices(); number++) {
      List<ChoiceProgress> further = progress.getFurther();
      choices.add(
          new Choice(
              number,
              start.mode(),
              number <= further.size()
                  ? further.get(number - 1)
                  : ChoiceProgress.newBuilder().build()));
    }
    Answer answer =
        new Answer(start.address().requestId(), Optional.of(start), List.copyOf(choices));
    answer.held = Optional.ofNullable(progress.getHeld());
    answer.reviews = progress.getReviews();
    return answer;
  }

  static Answer closed(String requestId) {
    return new Answer(requestId, Optional.empty(), List.of());
  }

  String requestId() {
    return requestId;
  }

  AnswerProgress progress() {
    if (!isOpen()) {
      return AnswerProgress.newBuilder().setPhase(AnswerPhase.CLOSED).build();
    }
    ChoiceProgress first = choices.getFirst().progress();
    return AnswerProgress.newBuilder()
        .setPhase(AnswerPhase.OPEN)
        .setJudgedTo(first.getJudgedTo())
        .setReleasedTo(first.getReleasedTo())
        .setContextFrom(first.getContextFrom())
        .setFurther(choices.stream().skip(1).map(Choice::progress).toList())
        .setHeld(held.orElse(null))
        .setReviews(reviews)
        .build();
  }

  boolean isOpen() {
    return start.isPresent();
  }

  Start start() {
    return start.orElseThrow(() -> new IllegalStateException(requestId + " is closed"));
  }

  List<Choice> choices() {
    return choices;
  }

  /** Returns the choice that the guard looks at, or looked at last. */
  Choice judging() {
    return choices.get(judging);
  }

  void judging(Choice choice) {
    judging = choice.number();
  }

  boolean isEnded() {
    return ended;
  }

  /**
   * Returns a choice that the guard is to look at, the one that has waited for most tokens.
   *
   * @param hasText tells whether what came of a choice since the guard looked last says anything
   */
  Optional<Choice> due(Predicate<Choice> hasText) {
    return choices.stream()
        .filter(choice ->
            ended
                ? choice.unjudged() > 0 && hasText.test(choice)
                : choice.unjudged() >= start().windowTokens())
        .max(Comparator.comparingInt(Choice::unjudged));
  }

  void ended() {
    ended = true;
  }

  /** Returns the window that waits for a person; the answer is judged no further meanwhile. */
  Optional<HeldWindow> held() {
    return held;
  }

  /** Returns how many reviews were asked for; the number of the open one. */
  int reviews() {
    return reviews;
  }

  void hold(HeldWindow window) {
    held = Optional.of(window);
    reviews++;
  }

  void unhold() {
    held = Optional.empty();
  }
}
