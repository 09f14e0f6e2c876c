package dev.chasqui.engine.backend.vector;

import static dev.chasqui.engine.backend.vector.Lanes.COUNT;
import static dev.chasqui.engine.backend.vector.Lanes.STRIP;

import dev.chasqui.engine.backend.Activation;
import dev.chasqui.engine.backend.Kernels.PreparedLowRank;
import dev.chasqui.engine.backend.LowRank;
import dev.chasqui.engine.backend.RowSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The two thin products of an adapter. A chunk of work is a tile of rows, from the input to what is
 * added to the outputs: no thread waits between the two products, and what lies between them stays
 * in the first-level cache.
 *
 * <p>The matrices are kept as float32 in strips, {@code [strips, columns, STRIP]}, from which tiles
 * read without unpacking. Every value is a sum of fused multiply-adds in ascending order, so a row
 * has the same bits in whatever company.
 */
final class LowRankProducts {

  private final WorkerPool pool;
  private final Room[] rooms;

  LowRankProducts(WorkerPool pool) {
    this.pool = pool;
    this.rooms = new Room[pool.threads()];
    Arrays.setAll(rooms, worker -> new Room());
  }

  /**
   * The change of one matrix.
   *
   * @param first its first value between the products
   * @param rank number of its values there
   * @param up {@code [strips, rank, STRIP]}, scaled
   */
  private record Term(int first, int rank, float[] up) {}

  /**
   * The changes of matrices that read the same input.
   *
   * @param down all their first factors, one below the other: {@code [strips, K, STRIP]}
   * @param width values of a row between the products, a multiple of a strip
   */
  record Terms(float[] down, int width, List<Term> list) implements PreparedLowRank {}

  /** What one thread computes in; never shared. */
  private static final class Room {

    private final float[] sums = new float[Tiles.sums()];
    private final int[] fewRows = new int[4];
    private final int[] rows = new int[8];
    private float[] between = new float[0];

    int[] rows(int count) {
      return count <= fewRows.length ? fewRows : rows;
    }

    float[] between(int width) {
      if (between.length < Tiles.ROWS * width) {
        between = new float[Tiles.ROWS * width];
      }
      return between;
    }
  }

  static Terms prepare(List<LowRank> terms) {
    int ranks = terms.stream().mapToInt(LowRank::rank).sum();
    int width = Math.ceilDiv(ranks, STRIP) * STRIP;
    int inputs = terms.getFirst().down().columns();
    float[] down = new float[width * inputs];
    List<Term> prepared = new ArrayList<>();
    int first = 0;
    for (LowRank term : terms) {
      layInStrips(term.down().toFloats(), 1, inputs, first, down);
      float[] up = new float[Math.ceilDiv(term.up().rows(), STRIP) * STRIP * term.rank()];
      layInStrips(term.up().toFloats(), term.scale(), term.rank(), 0, up);
      prepared.add(new Term(first, term.rank(), up));
      first += term.rank();
    }
    return new Terms(down, width, List.copyOf(prepared));
  }

  /** Lays rows of a matrix {@code [rows, columns]} into lanes of strips, from one row on. */
  private static void layInStrips(
      float[] matrix, float scale, int columns, int firstRow, float[] strips) {
    for (int i = 0; i < matrix.length; i++) {
      int row = firstRow + i / columns;
      int place = row / STRIP * columns + i % columns;
      strips[place * STRIP + row % STRIP] = scale * matrix[i];
    }
  }

  void add(Terms terms, Activation in, RowSet rows, List<Activation> outs) {
    int tiles = Math.ceilDiv(rows.size(), Tiles.ROWS);
    pool.run(
        tiles,
        (tile, worker) -> {
          int first = tile * Tiles.ROWS;
          int count = Math.min(Tiles.ROWS, rows.size() - first);
          addTile(terms, in, rows, first, count, outs, rooms[worker]);
        });
  }

  private static void addTile(
      Terms terms,
      Activation in,
      RowSet rows,
      int first,
      int count,
      List<Activation> outs,
      Room room) {
    multiplyDown(terms, in, rows, first, count, room);
    for (int i = 0; i < terms.list.size(); i++) {
      addUp(terms.list.get(i), terms.width, rows, first, count, outs.get(i), room);
    }
  }

  private static void multiplyDown(
      Terms terms, Activation in, RowSet rows, int first, int count, Room room) {
    int[] at = room.rows(count);
    for (int i = 0; i < at.length; i++) {
      at[i] = rows.row(first + Math.min(i, count - 1)) * in.width();
    }
    float[] between = room.between(terms.width);
    for (int strip = 0; strip < terms.width; strip += STRIP) {
      Arrays.fill(room.sums, 0);
      int from = strip * in.width();
      Tiles.tile(terms.down, from, from + COUNT, STRIP, in.width(), in.values(), at, room.sums);
      for (int i = 0; i < count; i++) {
        System.arraycopy(room.sums, i * STRIP, between, i * terms.width + strip, STRIP);
      }
    }
  }

  private static void addUp(
      Term term, int width, RowSet rows, int first, int count, Activation out, Room room) {
    int[] at = room.rows(count);
    for (int i = 0; i < at.length; i++) {
      at[i] = Math.min(i, count - 1) * width + term.first;
    }
    int outputs = out.width();
    for (int strip = 0; strip < outputs; strip += STRIP) {
      int lanes = Math.min(STRIP, outputs - strip);
      for (int i = 0; i < count; i++) {
        int to = rows.row(first + i) * outputs + strip;
        System.arraycopy(out.values(), to, room.sums, i * STRIP, lanes);
      }
      int from = strip * term.rank;
      Tiles.tile(term.up, from, from + COUNT, STRIP, term.rank, room.between, at, room.sums);
      for (int i = 0; i < count; i++) {
        int to = rows.row(first + i) * outputs + strip;
        System.arraycopy(room.sums, i * STRIP, out.values(), to, lanes);
      }
    }
  }
}
