package dev.chasqui.engine.kvcache;

/**
 * How a KV cache is used.
 *
 * @param usedBlocks blocks that sequences hold
 * @param blocks blocks in all
 * @param lookedUpTokens prompt tokens that were looked up since the start
 * @param hitTokens those of them that were found computed
 */
public record KvCacheUse(int usedBlocks, int blocks, long lookedUpTokens, long hitTokens) {}
