package dev.chasqui.guard.policy;

/**
 * Names one version of a policy, content included.
 *
 * @param id name of the policy
 * @param version version, counted from 1
 * @param hash SHA-256 of the content, lower-case hexadecimal
 */
public record PolicyKey(String id, int version, String hash) {

  @Override
  public String toString() {
    return id + "@" + version;
  }
}
