package dev.chasqui.engine.backend.vector;

import dev.chasqui.engine.tensor.Dequantizer;
import dev.chasqui.engine.tensor.Dtype;
import dev.chasqui.engine.tensor.Tensor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Packs weight matrices. Values stay what they are: unpacked, they have the bits that a {@link
 * Dequantizer} gives. What no packing holds (other dtypes, numbers that are no finite f16) is kept
 * as float32.
 *
 * <p>Rows are copied into arrays and packed there: at load most of this is still interpreted, and
 * then an array is far cheaper than a memory segment.
 */
final class Packer {

  /** Ints of one line: one for each row of a group. */
  private static final int LINE = Lanes.MOST;

  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final int HALF_EXPONENT = 0x7c00;

  private final SegmentAllocator memory;
  private final WorkerPool pool;

  Packer(SegmentAllocator memory, WorkerPool pool) {
    this.memory = memory;
    this.pool = pool;
  }

  /** Packs a matrix {@code [N, K]}. */
  PackedMatrix pack(Tensor tensor) {
    return switch (tensor.dtype()) {
      case Q4_0, Q4_1 -> packBlocks(tensor, new NibblePacking());
      case Q8_0, Q5_0, Q5_1 -> packBlocks(tensor, new BytePacking());
      case F16 -> packHalves(tensor);
      case BF16 -> pack(tensor, new BrainPacking(), new PairRows(false));
      case F32, Q2_K, Q3_K, Q4_K, Q5_K, Q6_K, IQ4_NL, IQ4_XS -> packSingles(tensor);
    };
  }

  private PackedMatrix packBlocks(Tensor tensor, BlockPacking packing) {
    BlockRows rows = new BlockRows(tensor.dtype(), packing.columnsPerInt());
    PackedMatrix matrix = pack(tensor, packing, rows);
    return rows.finite.get() ? matrix : packSingles(tensor);
  }

  private PackedMatrix packHalves(Tensor tensor) {
    PairRows rows = new PairRows(true);
    PackedMatrix matrix = pack(tensor, new HalfPacking(), rows);
    return rows.finite.get() ? matrix : packSingles(tensor);
  }

  private PackedMatrix packSingles(Tensor tensor) {
    return pack(tensor, new SinglePacking(), new SingleRows(tensor.dtype()));
  }

  private PackedMatrix pack(Tensor tensor, Packing packing, RowPacking rowPacking) {
    int columns = tensor.columns();
    int groups = (tensor.rows() + LINE - 1) / LINE;
    long groupBytes = packing.groupBytes(columns);
    MemorySegment packed = memory.allocate(groups * groupBytes, 64);
    pool.run(
        groups,
        (group, worker) -> {
          int[] ints = new int[Math.toIntExact(groupBytes / Integer.BYTES)];
          byte[] row = new byte[Math.toIntExact(tensor.rowBytes())];
          int first = group * LINE;
          for (int i = 0; i < Math.min(LINE, tensor.rows() - first); i++) {
            long stored = (first + i) * tensor.rowBytes();
            MemorySegment.copy(tensor.bytes(), ValueLayout.JAVA_BYTE, stored, row, 0, row.length);
            rowPacking.pack(row, columns, ints, i);
          }
          MemorySegment.copy(ints, 0, packed, INT, group * groupBytes, ints.length);
        });
    return new PackedMatrix(tensor.rows(), columns, packing, packed);
  }

  /** Writes one stored row into a group, in which it has the int {@code at} of every line. */
  private interface RowPacking {
    void pack(byte[] row, int columns, int[] group, int at);
  }

  private record SingleRows(Dtype dtype) implements RowPacking {
    @Override
    public void pack(byte[] row, int columns, int[] group, int at) {
      float[] values = new float[columns];
      Dequantizer.of(dtype).dequantize(MemorySegment.ofArray(row), 0, values, 0, columns);
      for (int k = 0; k < columns; k++) {
        group[k * LINE + at] = Float.floatToRawIntBits(values[k]);
      }
    }
  }

  /** Two numbers of 16 bits an int. */
  private record PairRows(boolean areHalves, AtomicBoolean finite) implements RowPacking {

    PairRows(boolean areHalves) {
      this(areHalves, new AtomicBoolean(true));
    }

    @Override
    public void pack(byte[] row, int columns, int[] group, int at) {
      boolean allFinite = true;
      for (int k = 0; k < columns; k++) {
        int bits = StoredBlocks.half(row, 2 * k);
        group[k / 2 * LINE + at] |= bits << 16 * (k % 2);
        allFinite &= isFinite(bits);
      }
      if (areHalves && !allFinite) {
        finite.set(false);
      }
    }
  }

  /** Blocks: a line of factors, then lines of several numbers an int. */
  private record BlockRows(Dtype dtype, int columnsPerInt, AtomicBoolean finite)
      implements RowPacking {

    BlockRows(Dtype dtype, int columnsPerInt) {
      this(dtype, columnsPerInt, new AtomicBoolean(true));
    }

    @Override
    public void pack(byte[] row, int columns, int[] group, int at) {
      int[] quants = new int[Packing.BLOCK];
      int lines = 1 + Packing.BLOCK / columnsPerInt;
      for (int block = 0; block < columns / Packing.BLOCK; block++) {
        int stored = block * dtype.bytesPerBlock();
        int factors = StoredBlocks.factors(dtype, row, stored);
        if (!isFinite(factors) || !isFinite(factors >>> 16)) {
          finite.set(false);
        }
        StoredBlocks.read(dtype, row, stored, quants);
        int to = block * lines * LINE + at;
        group[to] = factors;
        packInts(quants, columnsPerInt, group, to + LINE);
      }
    }

    private static void packInts(int[] quants, int columnsPerInt, int[] group, int to) {
      int bits = Integer.SIZE / columnsPerInt;
      for (int k = 0; k < Packing.BLOCK; k += columnsPerInt, to += LINE) {
        int packed = 0;
        for (int t = 0; t < columnsPerInt; t++) {
          packed |= quants[k + t] << t * bits;
        }
        group[to] = packed;
      }
    }
  }

  private static boolean isFinite(int half) {
    return (half & HALF_EXPONENT) != HALF_EXPONENT;
  }
}
