package dev.chasqui.engine.tokenize;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SymbolChainTests {

  @Test
  void mergesAsTheDefinitionSays() {
    Random random = new Random(5);
    for (int round = 0; round < 2_000; round++) {
      MergeTable table = randomTable(random);
      List<Integer> symbols = new ArrayList<>();
      for (int length = random.nextInt(30); length > 0; length--) {
        symbols.add(random.nextInt(4) - (random.nextInt(20) == 0 ? 4 : 0));
      }
      assertThat(merged(table, symbols)).isEqualTo(mergedOneByOne(table, symbols));
    }
  }

  @Test
  void oneGiantWordTakesNoSquareOfItsLength() {
    MergeTable table = new MergeTable();
    for (int level = 0; level < 25; level++) {
      table.put(level, level, level, level + 1);
    }
    SymbolChain chain = new SymbolChain(table);
    for (int i = 0; i < 1 << 20; i++) {
      chain.add(0);
    }
    chain.merge();
    assertThat(chain.id(chain.first())).isEqualTo(20);
    assertThat(chain.after(chain.first())).isEqualTo(SymbolChain.END);
  }

  private static List<Integer> merged(MergeTable table, List<Integer> symbols) {
    SymbolChain chain = new SymbolChain(table);
    symbols.forEach(chain::add);
    chain.merge();
    List<Integer> merged = new ArrayList<>();
    for (int at = chain.first(); at != SymbolChain.END; at = chain.after(at)) {
      merged.add(chain.id(at));
    }
    return merged;
  }

  /** BPE as it is defined: of all pairs the one of lowest rank, the leftmost of equals. */
  private static List<Integer> mergedOneByOne(MergeTable table, List<Integer> symbols) {
    List<Integer> row = new ArrayList<>(symbols);
    while (true) {
      int best = -1;
      int bestSlot = MergeTable.NONE;
      for (int i = 0; i + 1 < row.size(); i++) {
        int slot = table.find(row.get(i), row.get(i + 1));
        if (slot != MergeTable.NONE
            && (bestSlot == MergeTable.NONE || table.rank(slot) < table.rank(bestSlot))) {
          best = i;
          bestSlot = slot;
        }
      }
      if (best < 0) {
        return row;
      }
      row.set(best, table.result(bestSlot));
      row.remove(best + 1);
    }
  }

  private static MergeTable randomTable(Random random) {
    MergeTable table = new MergeTable();
    for (int merge = 0; merge < 12; merge++) {
      table.put(random.nextInt(4 + merge), random.nextInt(4 + merge), random.nextInt(8), 4 + merge);
    }
    return table;
  }
}
