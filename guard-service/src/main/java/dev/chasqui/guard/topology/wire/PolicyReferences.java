package dev.chasqui.guard.topology.wire;

import dev.chasqui.events.PolicyReference;
import dev.chasqui.guard.policy.PolicyKey;
import dev.chasqui.guard.policy.ReleaseMode;

/** Policies and release modes as events name them. */
public final class PolicyReferences {

  private PolicyReferences() {}

  /**
   * Returns the reference of a policy.
   *
   * @param key the policy
   * @return the same as an event
   */
  public static PolicyReference of(PolicyKey key) {
    return new PolicyReference(key.id(), key.version(), key.hash());
  }

  /**
   * Returns what a reference names.
   *
   * @param reference from an event
   * @return the policy's key
   */
  public static PolicyKey key(PolicyReference reference) {
    return new PolicyKey(reference.getPolicyId(), reference.getVersion(), reference.getHash());
  }

  /**
   * Returns a release mode as events name it.
   *
   * @param mode the mode
   * @return the same as an event
   */
  public static dev.chasqui.events.ReleaseMode of(ReleaseMode mode) {
    return switch (mode) {
      case FULL -> dev.chasqui.events.ReleaseMode.FULL;
      case WINDOW -> dev.chasqui.events.ReleaseMode.WINDOW;
      case RETRACT -> dev.chasqui.events.ReleaseMode.RETRACT;
      case AUDIT -> dev.chasqui.events.ReleaseMode.AUDIT;
    };
  }

  /**
   * Returns what an event names as a release mode.
   *
   * @param mode from an event
   * @return the mode
   */
  public static ReleaseMode mode(dev.chasqui.events.ReleaseMode mode) {
    return switch (mode) {
      case FULL -> ReleaseMode.FULL;
      case WINDOW -> ReleaseMode.WINDOW;
      case RETRACT -> ReleaseMode.RETRACT;
      case AUDIT -> ReleaseMode.AUDIT;
    };
  }
}
