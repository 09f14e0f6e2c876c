package dev.chasqui.engine.kvcache;

/**
 * Within what prefixes are shared: equal tokens in different scopes never share a block.
 *
 * @param tenant on whose behalf tokens are computed, so that timing tells nobody another's prompts
 * @param adapter hash of the adapter they are computed with; empty without one
 */
public record PrefixScope(String tenant, String adapter) {}
