package dev.chasqui.engine.kvcache;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class KvCacheTests {

  private static final PrefixScope SCOPE = new PrefixScope("acme", PrefixScope.NO_ADAPTER);

  private final KvCache cache = new KvCache(8, 4);

  @Test
  void reservesAllBlocksThatAreNeededOrNone() {
    BlockTable table = cache.open(SCOPE);
    assertThat(cache.reserve(table, 9)).isTrue();
    assertThat(table.size()).isEqualTo(3);
    assertThat(cache.reserve(table, 12)).isTrue();
    assertThat(table.size()).isEqualTo(3);
    assertThat(cache.reserve(table, 33)).isFalse();
    assertThat(table.size()).isEqualTo(3);
    assertThat(cache.freeBlocks()).isEqualTo(5);
  }

  @Test
  void reusesBlocksOfASharedPrefix() {
    BlockTable first = computed(SCOPE, tokens(10));
    BlockTable second = cache.open(SCOPE);
    assertThat(cache.share(second, tokens(20), 19)).isEqualTo(8);
    assertThat(second.toArray()).containsExactly(first.block(0), first.block(1));
    assertThat(cache.use().usedBlocks()).isEqualTo(3);
  }

  @Test
  void findsAPrefixAfterItsSequenceHasGone() {
    BlockTable gone = computed(SCOPE, tokens(8));
    int[] blocks = gone.toArray();
    cache.release(gone);
    assertThat(cache.freeBlocks()).isEqualTo(8);
    BlockTable later = cache.open(SCOPE);
    assertThat(cache.share(later, tokens(9), 8)).isEqualTo(8);
    assertThat(later.toArray()).isEqualTo(blocks);
  }

  @Test
  void sharesNoMoreThanAsked() {
    computed(SCOPE, tokens(8));
    assertThat(cache.share(cache.open(SCOPE), tokens(8), 7)).isEqualTo(4);
  }

  @Test
  void sharesNothingAcrossTenantsOrAdapters() {
    computed(SCOPE, tokens(8));
    assertThat(
            cache.share(cache.open(new PrefixScope("other", PrefixScope.NO_ADAPTER)), tokens(8), 8))
        .isZero();
    assertThat(cache.share(cache.open(new PrefixScope("acme", 0)), tokens(8), 8)).isZero();
  }

  @Test
  void equalTokensBehindOtherTokensAreAnotherBlock() {
    computed(SCOPE, new int[] {1, 2, 3, 4, 9, 9, 9, 9});
    int[] other = {4, 3, 2, 1, 9, 9, 9, 9};
    assertThat(cache.share(cache.open(SCOPE), other, 8)).isZero();
  }

  @Test
  void reusesTheBlockThatWasFreedLongestAgo() {
    BlockTable old = computed(SCOPE, new int[] {1, 1, 1, 1});
    BlockTable young = computed(SCOPE, new int[] {2, 2, 2, 2});
    cache.release(old);
    cache.release(young);
    BlockTable greedy = cache.open(SCOPE);
    cache.reserve(greedy, 7 * 4);
    assertThat(cache.share(cache.open(SCOPE), new int[] {1, 1, 1, 1}, 4)).isZero();
    assertThat(cache.share(cache.open(SCOPE), new int[] {2, 2, 2, 2}, 4)).isEqualTo(4);
  }

  @Test
  void ofAPrefixTheEndIsReusedFirst() {
    cache.release(computed(SCOPE, tokens(32)));
    BlockTable other = cache.open(SCOPE);
    cache.reserve(other, 12);
    assertThat(cache.share(cache.open(SCOPE), tokens(32), 32)).isEqualTo(20);
  }

  @Test
  void whatFollowsALostBlockIsFoundAgainOnceThatIsComputed() {
    BlockTable whole = cache.open(SCOPE);
    cache.reserve(whole, 4);
    cache.markComputed(whole, tokens(12), 4);
    BlockTable reader = cache.open(SCOPE);
    cache.share(reader, tokens(12), 4);
    cache.reserve(reader, 12);
    cache.markComputed(reader, tokens(12), 12);
    cache.release(whole);
    cache.release(reader);
    BlockTable filler = cache.open(SCOPE);
    cache.reserve(filler, 28);
    assertThat(cache.share(cache.open(SCOPE), tokens(12), 12)).isEqualTo(4);
  }

  @Test
  void keepsOneCopyOfABlockThatTwoComputed() {
    BlockTable one = cache.open(SCOPE);
    BlockTable other = cache.open(SCOPE);
    cache.reserve(one, 8);
    cache.reserve(other, 8);
    cache.markComputed(one, tokens(8), 8);
    cache.markComputed(other, tokens(8), 8);
    assertThat(other.toArray()).isEqualTo(one.toArray());
    assertThat(cache.use().usedBlocks()).isEqualTo(2);
    cache.release(one);
    assertThat(cache.use().usedBlocks()).isEqualTo(2);
    cache.release(other);
    assertThat(cache.freeBlocks()).isEqualTo(8);
  }

  @Test
  void randomUseLosesNoBlockAndSharesOnlyEqualPrefixes() {
    Random random = new Random(5);
    KvCache many = new KvCache(40, 2);
    int[][] contents = new int[40][];
    List<BlockTable> open = new ArrayList<>();
    for (int round = 0; round < 20_000; round++) {
      if (open.size() > 6 || (!open.isEmpty() && random.nextInt(3) == 0)) {
        many.release(open.remove(random.nextInt(open.size())));
        continue;
      }
      int[] tokens = random.ints(2 + random.nextInt(10), 0, 2).toArray();
      BlockTable table = many.open(SCOPE);
      int shared = many.share(table, tokens, tokens.length);
      for (int i = 0; i < shared / 2; i++) {
        assertThat(contents[table.block(i)]).isEqualTo(prefix(tokens, 2 * i + 2));
      }
      if (many.reserve(table, tokens.length)) {
        for (int i = shared / 2; i < table.size(); i++) {
          contents[table.block(i)] = prefix(tokens, Math.min(tokens.length, 2 * i + 2));
        }
        many.markComputed(table, tokens, tokens.length);
      }
      open.add(table);
    }
    open.forEach(many::release);
    assertThat(many.freeBlocks()).isEqualTo(40);
    assertThat(many.nodes()).isLessThanOrEqualTo(2 * 40 + 1);
  }

  private BlockTable computed(PrefixScope scope, int[] tokens) {
    BlockTable table = cache.open(scope);
    cache.reserve(table, tokens.length);
    cache.markComputed(table, tokens, tokens.length);
    return table;
  }

  private static int[] tokens(int count) {
    return IntStream.range(100, 100 + count).toArray();
  }

  private static int[] prefix(int[] tokens, int length) {
    return java.util.Arrays.copyOf(tokens, length);
  }
}
