package dev.chasqui.guard.topology.wire;

import dev.chasqui.events.GenerationStarted;
import dev.chasqui.events.PolicyReference;
import dev.chasqui.events.PromptSubmitted;
import java.util.Map;
import java.util.Optional;

/**
 * What every event about a request repeats.
 *
 * @param requestId the request
 * @param tenant on whose behalf
 * @param metadata the caller's own labels
 * @param policy the policy that holds, once one was chosen
 */
public record Address(
    String requestId,
    String tenant,
    Map<String, String> metadata,
    Optional<PolicyReference> policy) {

  /**
   * Returns the same address under another policy.
   *
   * @param other the policy to name
   * @return the changed address
   */
  public Address under(PolicyReference other) {
    return new Address(requestId, tenant, metadata, Optional.of(other));
  }

  /**
   * Returns the address of a prompt.
   *
   * @param prompt the prompt
   * @param policy the policy that holds, once one was chosen
   * @return its address
   */
  public static Address of(PromptSubmitted prompt, Optional<PolicyReference> policy) {
    return new Address(prompt.getRequestId(), prompt.getTenant(), prompt.getMetadata(), policy);
  }

  /**
   * Returns the address of an answer.
   *
   * @param requestId the request
   * @param started how the answer began
   * @return its address
   */
  public static Address of(String requestId, GenerationStarted started) {
    return new Address(
        requestId, started.getTenant(), started.getMetadata(), Optional.of(started.getPolicy()));
  }

  /**
   * Returns the address of a request of which nothing but its id is known.
   *
   * @param requestId the request
   * @return an address without tenant and labels
   */
  public static Address unknown(String requestId) {
    return new Address(requestId, "default", Map.of(), Optional.empty());
  }
}
