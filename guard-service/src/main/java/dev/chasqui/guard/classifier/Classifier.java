package dev.chasqui.guard.classifier;

import dev.chasqui.engine.api.Engine;
import dev.chasqui.engine.api.ScoreRequest;
import dev.chasqui.guard.classifier.GuardFormat.VerdictText;
import dev.chasqui.guard.policy.Policy;
import dev.chasqui.guard.verdict.Cause;
import dev.chasqui.guard.verdict.Verdict;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A guard model that is asked in its format. Used from any thread; whoever opened the engine closes
 * it. Time limits are the caller's: a closed engine never answers.
 */
public final class Classifier {

  private final Engine engine;
  private final Optional<String> adapter;
  private final GuardFormat format;
  private final GuardPrompt prompt;

  /**
   * Asks a model as it is.
   *
   * @param engine the guard model
   * @param format how it is asked
   */
  public Classifier(Engine engine, GuardFormat format) {
    this(engine, format, Optional.empty());
  }

  /**
   * Asks a model.
   *
   * @param engine the guard model, or the base that the guard adapter belongs to
   * @param format how it is asked
   * @param adapter the engine's name for the guard adapter; empty for a whole guard model
   * @throws IllegalArgumentException if the model cannot be asked in that format, or has no such
   *     adapter
   */
  public Classifier(Engine engine, GuardFormat format, Optional<String> adapter) {
    this.engine = engine;
    this.adapter = adapter;
    adapter.ifPresent(name -> checkAdapter(engine, name));
    this.format = format;
    this.prompt = new GuardPrompt(format, engine.model());
  }

  /**
   * Judges the last turn of a conversation, and names its hazards where the policy asks for them
   * and the guard knows them. Whatever goes wrong is an undecided verdict.
   *
   * @param subject what is judged
   * @param policy what is looked for, and from which score on it is unsafe; {@link
   *     GuardFormat#check checked} before
   * @param listener gets exactly one verdict unless the engine is closed or the call cancelled
   *     first; called on the engine's thread, or on the caller's where the engine refuses at once
   * @return the running inquiry, to cancel it
   */
  public Inquiry judge(Subject subject, Policy policy, Consumer<Verdict> listener) {
    return judge(subject, policy, new Answers(engine), listener);
  }

  /**
   * Judges by a policy, and then by others that only watch. What they ask as the policy did is not
   * asked again.
   *
   * @param subject what is judged
   * @param policy whose verdict counts
   * @param shadows the others
   * @param listener gets the verdict first, as without shadows, then one for each of them unless
   *     the engine is closed or the call cancelled first, or the text is too long to be judged
   * @return the running inquiry of the policy; to cancel it keeps the shadows from beginning
   */
  public Inquiry judge(
      Subject subject, Policy policy, List<Policy> shadows, ShadowListener listener) {
    Answers answers = new Answers(engine);
    return judge(
        subject,
        policy,
        answers,
        verdict -> {
          listener.judged(verdict);
          if (!isTooLong(verdict)) {
            judgeNext(subject, shadows, answers, listener);
          }
        });
  }

  /** One after the other, so that a text with shadows takes no more room at once than another. */
  private void judgeNext(
      Subject subject, List<Policy> left, Answers answers, ShadowListener listener) {
    if (left.isEmpty()) {
      return;
    }
    Policy shadow = left.getFirst();
    judge(
        subject,
        shadow,
        answers,
        verdict -> {
          listener.watched(shadow, verdict);
          judgeNext(subject, left.subList(1, left.size()), answers, listener);
        });
  }

  private Inquiry judge(
      Subject subject, Policy policy, Answers answers, Consumer<Verdict> listener) {
    VerdictText verdicts = format.verdicts();
    List<String> pair = List.of(verdicts.safe(), verdicts.unsafe());
    return Inquiry.begin(
        policy,
        answer ->
            answers.ask(
                question(subject, prompt.render(policy.categories(), subject), pair), answer),
        format
            .categoryLeadIn()
            .map(leadIn -> answer -> answers.ask(categories(subject, policy, leadIn), answer)),
        listener);
  }

  /** All hazards in one question, which share what comes before them. */
  private ScoreRequest categories(Subject subject, Policy policy, String leadIn) {
    GuardPrompt.Question question = prompt.render(policy.categories(), subject);
    return question(subject, question.followedBy(leadIn), policy.codes());
  }

  private ScoreRequest question(
      Subject subject, GuardPrompt.Question question, List<String> continuations) {
    return new ScoreRequest(
        subject.requestId(),
        subject.tenant(),
        question.prompt(),
        question.leadIn(),
        continuations,
        adapter);
  }

  /** Returns how many more calls would start at once. */
  public int freeSlots() {
    return engine.load().freeSlots();
  }

  /**
   * Returns SHA-256 of the guard model; of base and adapter, joined by a plus, where it is both.
   */
  public String modelHash() {
    String ofModel = engine.model().modelHash();
    return adapter.isEmpty() ? ofModel : ofModel + "+" + engine.model().adapterHash(adapter);
  }

  /** Returns SHA-256 of the guard prompt format. */
  public String templateHash() {
    return format.hash();
  }

  private static boolean isTooLong(Verdict verdict) {
    return verdict instanceof Verdict.Undecided undecided && undecided.cause() == Cause.TOO_LONG;
  }

  private static void checkAdapter(Engine engine, String name) {
    if (!engine.model().adapters().containsKey(name)) {
      throw new IllegalArgumentException(
          "guard adapter is \"%s\": model %s has the adapters %s"
              .formatted(name, engine.model().name(), engine.model().adapters().keySet()));
    }
  }
}
