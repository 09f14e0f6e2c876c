package dev.chasqui.engine.kvcache;

/**
 * Within what prefixes are shared: equal tokens in different scopes never share a block.
 *
 * @param tenant on whose behalf tokens are computed, so that timing tells nobody another's prompts
 * @param adapter place of the adapter they are computed with among those of the model, or {@link
 *     #NO_ADAPTER}
 */
public record PrefixScope(String tenant, int adapter) {

  /** The model as it is. */
  public static final int NO_ADAPTER = -1;
}
