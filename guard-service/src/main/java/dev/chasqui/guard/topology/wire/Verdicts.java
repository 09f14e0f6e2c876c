package dev.chasqui.guard.topology.wire;

import dev.chasqui.events.SafetyVerdict;
import dev.chasqui.events.VerdictOutcome;
import dev.chasqui.events.VerdictSubject;
import dev.chasqui.events.VerdictWindow;
import dev.chasqui.guard.classifier.Classifier;
import dev.chasqui.guard.verdict.Score;
import dev.chasqui.guard.verdict.Verdict;
import dev.chasqui.stream.Outlet;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Writes what the guard found. */
public final class Verdicts {

  private static final String INSECURE_CODE = "insecure code: ";

  private final Outlet<SafetyVerdict> outlet;
  private final Supplier<Instant> clock;
  private final Classifier classifier;

  /**
   * Writes to the topic of verdicts.
   *
   * @param outlet the way there
   * @param clock wall clock
   * @param classifier whose model and format are named in each verdict
   */
  public Verdicts(Outlet<SafetyVerdict> outlet, Supplier<Instant> clock, Classifier classifier) {
    this.outlet = outlet;
    this.clock = clock;
    this.classifier = classifier;
  }

  /**
   * A verdict and what became of it.
   *
   * @param verdict what the guard found
   * @param admitted whether the text went on
   * @param latency how long the guard took
   */
  public record Finding(Verdict verdict, boolean admitted, Duration latency) {}

  /**
   * Writes the verdict on a prompt, or on a text that it brings along.
   *
   * @param address whose prompt it is
   * @param finding the verdict
   * @param part where the text stands; empty for the conversation
   */
  public void prompt(Address address, Finding finding, String part) {
    SafetyVerdict.Builder verdict =
        judged(address, finding).setSubject(VerdictSubject.PROMPT).setPart(part);
    outlet.forward(address.requestId(), verdict.build());
  }

  /**
   * Writes the verdict on an answer so far.
   *
   * @param address whose answer it is
   * @param finding the verdict
   * @param window the part that was not judged before
   * @param code insecure code in it
   */
  public void answer(Address address, Finding finding, VerdictWindow window, CodeFindings code) {
    SafetyVerdict.Builder verdict = judged(address, finding).setWindow(window);
    outlet.forward(address.requestId(), with(code, verdict).build());
  }

  /**
   * Writes what a policy found that only watches.
   *
   * @param address whose text it is, under that policy
   * @param finding the verdict, and whether the policy would have let the text go on
   * @param window the part of an answer; empty for a prompt
   */
  public void shadow(Address address, Finding finding, Optional<VerdictWindow> window) {
    SafetyVerdict.Builder verdict =
        judged(address, finding)
            .setSubject(window.isPresent() ? VerdictSubject.RESPONSE : VerdictSubject.PROMPT)
            .setWindow(window.orElse(null))
            .setShadow(true);
    outlet.forward(address.requestId(), verdict.build());
  }

  /**
   * Writes what the code scan found when the answer ended, behind the last verdict of the guard.
   *
   * @param address whose answer it is
   * @param window where the answer ended
   * @param code what was found, not nothing
   * @param admitted whether the answer is let through with it
   */
  public void code(Address address, VerdictWindow window, CodeFindings code, boolean admitted) {
    SafetyVerdict.Builder verdict =
        verdict(address)
            .setSubject(VerdictSubject.RESPONSE)
            .setOutcome(VerdictOutcome.SAFE)
            .setAdmitted(admitted)
            .setWindow(window);
    outlet.forward(address.requestId(), with(code, verdict).build());
  }

  /**
   * Writes that a prompt was seen before and is not answered again.
   *
   * @param address whose prompt it is
   * @param reason when it was seen and how far it has come
   */
  public void duplicate(Address address, String reason) {
    outlet.forward(
        address.requestId(),
        verdict(address)
            .setSubject(VerdictSubject.PROMPT)
            .setOutcome(VerdictOutcome.DUPLICATE)
            .setReason(reason)
            .build());
  }

  /**
   * Returns whether a verdict is unsafe for its code.
   *
   * @param verdict any
   * @return whether the code scan made it so
   */
  public static boolean isOfCodeScan(SafetyVerdict verdict) {
    return verdict.getReason().startsWith(INSECURE_CODE);
  }

  private SafetyVerdict.Builder judged(Address address, Finding finding) {
    SafetyVerdict.Builder verdict =
        verdict(address)
            .setSubject(VerdictSubject.RESPONSE)
            .setAdmitted(finding.admitted())
            .setLatencyMs(finding.latency().toMillis());
    fill(verdict, finding.verdict());
    return verdict;
  }

  /** What the code scan stops is unsafe, whatever the guard model said. */
  private static SafetyVerdict.Builder with(CodeFindings code, SafetyVerdict.Builder verdict) {
    verdict.setFindings(code.events());
    if (code.stops()) {
      verdict.setOutcome(VerdictOutcome.UNSAFE).setReason(INSECURE_CODE + code.inWords());
    }
    return verdict;
  }

  private static void fill(SafetyVerdict.Builder event, Verdict verdict) {
    switch (verdict) {
      case Verdict.Safe(Score score) -> fill(event.setOutcome(VerdictOutcome.SAFE), score);
      case Verdict.Review(Score score, List<String> categories) ->
          fill(event.setOutcome(VerdictOutcome.REVIEW).setCategories(categories), score);
      case Verdict.Unsafe(Score score, List<String> categories) ->
          fill(event.setOutcome(VerdictOutcome.UNSAFE).setCategories(categories), score);
      case Verdict.Undecided(_, String reason, Optional<Score> score) -> {
        event.setOutcome(VerdictOutcome.UNDECIDED).setReason(reason);
        score.ifPresent(given -> fill(event, given));
      }
    }
  }

  private static void fill(SafetyVerdict.Builder event, Score score) {
    event
        .setScore(score.unsafe())
        .setVerdictMass(score.mass())
        .setCategoryScores(score.categories());
  }

  private SafetyVerdict.Builder verdict(Address address) {
    return SafetyVerdict.newBuilder()
        .setRequestId(address.requestId())
        .setTenant(address.tenant())
        .setPolicy(address.policy().orElse(null))
        .setGuardModelHash(classifier.modelHash())
        .setTemplateHash(classifier.templateHash())
        .setTime(clock.get());
  }
}
