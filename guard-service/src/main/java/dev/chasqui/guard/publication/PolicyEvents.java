package dev.chasqui.guard.publication;

import dev.chasqui.events.CategoryAction;
import dev.chasqui.events.CodeScanAction;
import dev.chasqui.events.FindingSeverity;
import dev.chasqui.events.PolicyCategory;
import dev.chasqui.events.PolicyEvent;
import dev.chasqui.events.PolicyEventType;
import dev.chasqui.events.PolicyReference;
import dev.chasqui.events.ReviewUnanswered;
import dev.chasqui.guard.policy.Category;
import dev.chasqui.guard.policy.CategoryScoring;
import dev.chasqui.guard.policy.CodeScan;
import dev.chasqui.guard.policy.InvalidPolicyException;
import dev.chasqui.guard.policy.Policy;
import dev.chasqui.guard.policy.PolicyKey;
import dev.chasqui.guard.policy.Release;
import dev.chasqui.guard.policy.ReleaseMode;
import dev.chasqui.guard.policy.Reviews;
import dev.chasqui.guard.policy.Undecided;
import dev.chasqui.guard.verdict.Action;
import dev.chasqui.guard.verdict.CategoryRule;
import dev.chasqui.guard.verdict.Severity;
import dev.chasqui.guard.verdict.Thresholds;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Policies as events, there and back: what comes back has the same hash. */
public final class PolicyEvents {

  private PolicyEvents() {}

  /**
   * Returns the event that publishes a version; its key is {@link PolicyKey#toString id@version}.
   *
   * @param policy the version
   * @param now wall clock
   * @return the event
   */
  public static PolicyEvent published(Policy policy, Instant now) {
    return new PolicyEvent(PolicyEventType.PUBLISHED, now, event(policy), null, null);
  }

  /**
   * Returns the event that makes a version the active one; its key is the policy's id.
   *
   * @param key the version
   * @param now wall clock
   * @return the event
   */
  public static PolicyEvent activated(PolicyKey key, Instant now) {
    return new PolicyEvent(PolicyEventType.ACTIVATED, now, null, reference(key), null);
  }

  /**
   * Returns the event that makes a version the active one of a tenant; its key is {@link
   * #tenantKey}.
   *
   * @param key the version
   * @param tenant the tenant
   * @param now wall clock
   * @return the event
   */
  public static PolicyEvent activated(PolicyKey key, String tenant, Instant now) {
    return new PolicyEvent(PolicyEventType.ACTIVATED, now, null, reference(key), tenant);
  }

  /**
   * Returns the event that gives a tenant what everyone gets; its key is {@link #tenantKey}.
   *
   * @param tenant the tenant
   * @param now wall clock
   * @return the event
   */
  public static PolicyEvent deactivated(String tenant, Instant now) {
    return new PolicyEvent(PolicyEventType.DEACTIVATED, now, null, null, tenant);
  }

  /**
   * Returns the key of what is said of a tenant. It is no id of a policy, so a guard of an earlier
   * version does not take it for a word to everyone.
   *
   * @param tenant the tenant
   * @return the key of the record
   */
  public static String tenantKey(String tenant) {
    return "tenant:" + tenant;
  }

  private static PolicyReference reference(PolicyKey key) {
    return new PolicyReference(key.id(), key.version(), key.hash());
  }

  /**
   * Reads a policy.
   *
   * @param event from a PUBLISHED event
   * @return the policy
   * @throws InvalidPolicyException if it holds what no policy can
   */
  public static Policy policy(dev.chasqui.events.Policy event) {
    try {
      return read(event);
    } catch (InvalidPolicyException invalid) {
      throw invalid;
    } catch (IllegalArgumentException invalid) {
      throw new InvalidPolicyException(String.valueOf(invalid.getMessage()));
    }
  }

  private static Policy read(dev.chasqui.events.Policy event) {
    return new Policy(
        event.getPolicyId(),
        event.getVersion(),
        event.getCategories().stream().map(PolicyEvents::category).toList(),
        new Thresholds(
            event.getUnsafeThreshold(),
            Optional.ofNullable(event.getReviewThreshold()),
            event.getMinimumVerdictMass()),
        same(event.getUndecided(), Undecided.class),
        new Release(same(event.getReleaseMode(), ReleaseMode.class), event.getWindowTokens()),
        new CodeScan(
            same(event.getCodeScan(), CodeScan.Action.class),
            severity(event.getCodeScanSeverity())),
        new Reviews(
            Duration.ofMillis(event.getReviewTimeoutMs()),
            same(event.getReviewUnanswered(), Reviews.Unanswered.class)),
        same(event.getCategoryScoring(), CategoryScoring.class),
        event.getShadows(),
        event.getLanguages());
  }

  private static dev.chasqui.events.Policy event(Policy policy) {
    return dev.chasqui.events.Policy.newBuilder()
        .setPolicyId(policy.id())
        .setVersion(policy.version())
        .setCategories(policy.categories().stream().map(PolicyEvents::event).toList())
        .setUnsafeThreshold(policy.thresholds().unsafe())
        .setReviewThreshold(policy.thresholds().review().orElse(null))
        .setMinimumVerdictMass(policy.thresholds().minimumMass())
        .setUndecided(same(policy.undecided(), dev.chasqui.events.Undecided.class))
        .setReleaseMode(same(policy.release().mode(), dev.chasqui.events.ReleaseMode.class))
        .setWindowTokens(policy.release().windowTokens())
        .setCodeScan(same(policy.codeScan().action(), CodeScanAction.class))
        .setCodeScanSeverity(same(policy.codeScan().threshold(), FindingSeverity.class))
        .setReviewTimeoutMs(policy.reviews().timeout().toMillis())
        .setReviewUnanswered(same(policy.reviews().unanswered(), ReviewUnanswered.class))
        .setCategoryScoring(
            same(policy.categoryScoring(), dev.chasqui.events.CategoryScoring.class))
        .setShadows(policy.shadows())
        .setLanguages(policy.languages())
        .build();
  }

  private static Category category(PolicyCategory event) {
    CategoryRule rule =
        new CategoryRule(
            Optional.ofNullable(event.getUnsafeThreshold()),
            Optional.ofNullable(event.getReviewThreshold()),
            same(event.getAction(), Action.class));
    return new Category(
        event.getCode(), event.getName(), event.getDescription(), Optional.of(rule));
  }

  private static PolicyCategory event(Category category) {
    Optional<CategoryRule> rule = category.rule();
    return PolicyCategory.newBuilder()
        .setCode(category.code())
        .setName(category.name())
        .setDescription(category.description())
        .setUnsafeThreshold(rule.flatMap(CategoryRule::unsafe).orElse(null))
        .setReviewThreshold(rule.flatMap(CategoryRule::review).orElse(null))
        .setAction(same(rule.map(CategoryRule::action).orElse(Action.BLOCK), CategoryAction.class))
        .build();
  }

  /** A severity of a later version is read as the mildest, so that every finding counts. */
  private static Severity severity(FindingSeverity severity) {
    return severity == FindingSeverity.UNKNOWN ? Severity.LOW : same(severity, Severity.class);
  }

  /** The constant of the same name: policies and their events have the same words. */
  private static <E extends Enum<E>> E same(Enum<?> constant, Class<E> type) {
    return Enum.valueOf(type, constant.name());
  }
}
