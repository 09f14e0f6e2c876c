package dev.chasqui.engine.kvcache;

/**
 * Within what prefixes are shared: equal tokens in different scopes never share a block.
 *
 * @param tenant on whose behalf tokens are computed, so that timing tells nobody another's prompts
 * @param adapter place of the adapter they are computed with among those of the model, or {@link
 *     #NO_ADAPTER}
 * @param length of the whole sequence, where keys and values depend on it; {@link #ANY_LENGTH} else
 */
public record PrefixScope(String tenant, int adapter, int length) {

  /** The model as it is. */
  public static final int NO_ADAPTER = -1;

  /** Keys and values do not depend on what comes behind them. */
  public static final int ANY_LENGTH = 0;

  /**
   * Makes a scope of sequences of any length.
   *
   * @param tenant on whose behalf
   * @param adapter place of the adapter, or {@link #NO_ADAPTER}
   */
  public PrefixScope(String tenant, int adapter) {
    this(tenant, adapter, ANY_LENGTH);
  }

  /**
   * Returns the scope of sequences of one length.
   *
   * @param tokens of the whole sequence
   * @return the narrower scope
   */
  public PrefixScope ofLength(int tokens) {
    return new PrefixScope(tenant, adapter, tokens);
  }
}
