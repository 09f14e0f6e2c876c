package dev.chasqui.engine.schedule;

import java.util.HashMap;
import java.util.Map;

/**
 * How many tokens were computed for each tenant that has sequences; a tenant that comes back starts
 * level with the one that was served least, so that absence saves nothing up.
 */
final class TenantShares {

  private static final class Share {
    private int sequences;
    private long servedTokens;
  }

  private final Map<String, Share> shares = new HashMap<>();

  void enter(String tenant) {
    shares.computeIfAbsent(tenant, name -> level()).sequences++;
  }

  void leave(String tenant) {
    if (--share(tenant).sequences == 0) {
      shares.remove(tenant);
    }
  }

  void serve(String tenant, int tokens) {
    share(tenant).servedTokens += tokens;
  }

  long servedTokens(String tenant) {
    return share(tenant).servedTokens;
  }

  private Share level() {
    Share share = new Share();
    share.servedTokens =
        shares.values().stream().mapToLong(other -> other.servedTokens).min().orElse(0);
    return share;
  }

  private Share share(String tenant) {
    Share share = shares.get(tenant);
    if (share == null) {
      throw new IllegalStateException("tenant " + tenant + " has no sequence");
    }
    return share;
  }
}
