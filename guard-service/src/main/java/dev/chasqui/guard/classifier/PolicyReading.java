package dev.chasqui.guard.classifier;

import dev.chasqui.guard.policy.Policies;
import dev.chasqui.guard.policy.Policy;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * Has a guard model read its policies before the first prompt, so that their text is in the prefix
 * cache and the first prompts do not each prefill it. Tenants share no prefix, so each has its own.
 *
 * <p>Belongs to the thread that starts the service, which waits.
 */
public final class PolicyReading {

  /** The tenant of prompts that name none. */
  private static final String USUAL_TENANT = "default";

  /** More would push each other out of the cache, and nobody would be ready for it. */
  private static final int MOST_TENANTS = 8;

  private static final Turn QUESTION = new Turn(Side.USER, "Hello");
  private static final Turn ANSWER = new Turn(Side.AGENT, "Hello");

  private final Classifier classifier;
  private final Policies policies;

  /**
   * Prepares to read.
   *
   * @param classifier asks the model
   * @param policies what prompts are judged by
   */
  public PolicyReading(Classifier classifier, Policies policies) {
    this.classifier = classifier;
    this.policies = policies;
  }

  /**
   * Asks about a harmless prompt and a harmless answer for each tenant. What is not read in time is
   * read while the service runs already.
   *
   * @param atMost how long to wait
   * @return whether all was read in time
   */
  public boolean read(Duration atMost) {
    CompletableFuture<?>[] verdicts =
        Stream.concat(Stream.of(USUAL_TENANT), policies.tenants().stream().sorted())
            .distinct()
            .limit(MOST_TENANTS)
            .flatMap(this::ask)
            .toArray(CompletableFuture<?>[]::new);
    return await(CompletableFuture.allOf(verdicts), atMost);
  }

  private Stream<CompletableFuture<?>> ask(String tenant) {
    return policies.choose(tenant, Optional.empty()).stream()
        .flatMap(policy ->
            Stream.of(
                ask(policy, tenant, List.of(QUESTION)),
                ask(policy, tenant, List.of(QUESTION, ANSWER))));
  }

  private CompletableFuture<?> ask(Policy policy, String tenant, List<Turn> turns) {
    CompletableFuture<Void> verdict = new CompletableFuture<>();
    Subject subject = new Subject("policy-reading", tenant, turns);
    classifier.judge(subject, policy, _ -> verdict.complete(null));
    return verdict;
  }

  private static boolean await(CompletableFuture<Void> all, Duration atMost) {
    try {
      all.get(atMost.toNanos(), TimeUnit.NANOSECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } catch (ExecutionException e) {
      throw new IllegalStateException("a verdict never fails", e);
    }
  }
}
