package dev.chasqui.guard.classifier;

import dev.chasqui.engine.api.Engine;
import dev.chasqui.engine.api.EngineCall;
import dev.chasqui.engine.api.ScoreEvent;
import dev.chasqui.engine.api.ScoreRequest;
import dev.chasqui.guard.classifier.GuardFormat.VerdictText;
import dev.chasqui.guard.policy.Policy;
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
    VerdictText verdicts = format.verdicts();
    List<String> pair = List.of(verdicts.safe(), verdicts.unsafe());
    return Inquiry.begin(
        policy,
        answer -> ask(subject, prompt.render(policy.categories(), subject), pair, answer),
        format.categoryLeadIn().map(leadIn -> answer -> ask(subject, policy, leadIn, answer)),
        listener);
  }

  /** All hazards in one question, which share what comes before them. */
  private EngineCall ask(
      Subject subject, Policy policy, String leadIn, Consumer<ScoreEvent> answer) {
    GuardPrompt.Question question = prompt.render(policy.categories(), subject);
    return ask(subject, question.followedBy(leadIn), policy.codes(), answer);
  }

  private EngineCall ask(
      Subject subject,
      GuardPrompt.Question question,
      List<String> continuations,
      Consumer<ScoreEvent> answer) {
    return engine.score(
        new ScoreRequest(
            subject.requestId(),
            subject.tenant(),
            question.prompt(),
            question.leadIn(),
            continuations,
            adapter),
        answer::accept);
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

  private static void checkAdapter(Engine engine, String name) {
    if (!engine.model().adapters().containsKey(name)) {
      throw new IllegalArgumentException(
          "guard adapter is \"%s\": model %s has the adapters %s"
              .formatted(name, engine.model().name(), engine.model().adapters().keySet()));
    }
  }
}
