package dev.chasqui.engine.backend.vector;

import dev.chasqui.engine.tensor.Dequantizer;
import dev.chasqui.engine.tensor.Dtype;
import dev.chasqui.engine.tensor.Tensor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntConsumer;

/**
 * Packs weight matrices. Values stay what they are: unpacked, they have the bits that a {@link
 * Dequantizer} gives. What no packing holds (other dtypes, scales that are no finite f16) is kept
 * as float32.
 */
final class Packer {

  private static final long LINE = 4L * Lanes.MOST;
  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfShort SHORT =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfFloat FLOAT =
      ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
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
      case BF16 -> packPairs(tensor, new BrainPacking());
      case F32, Q2_K, Q3_K, Q4_K, Q5_K, Q6_K, IQ4_NL, IQ4_XS -> packSingles(tensor);
    };
  }

  private PackedMatrix allocate(Tensor tensor, Packing packing) {
    long groups = (tensor.rows() + Lanes.MOST - 1) / Lanes.MOST;
    MemorySegment segment = memory.allocate(groups * packing.groupBytes(tensor.columns()), 64);
    return new PackedMatrix(tensor.rows(), tensor.columns(), packing, segment);
  }

  private PackedMatrix packSingles(Tensor tensor) {
    PackedMatrix matrix = allocate(tensor, new SinglePacking());
    Dequantizer dequantizer = Dequantizer.of(tensor.dtype());
    int columns = tensor.columns();
    forEachGroup(
        tensor,
        group -> {
          float[] row = new float[columns];
          long start = group * matrix.packing().groupBytes(columns);
          for (int i = 0; i < rowsOf(tensor, group); i++) {
            long stored = (group * Lanes.MOST + i) * tensor.rowBytes();
            dequantizer.dequantize(tensor.bytes(), stored, row, 0, columns);
            for (int k = 0; k < columns; k++) {
              matrix.groups().set(FLOAT, start + k * LINE + 4L * i, row[k]);
            }
          }
        });
    return matrix;
  }

  private PackedMatrix packHalves(Tensor tensor) {
    return allHalvesFinite(tensor) ? packPairs(tensor, new HalfPacking()) : packSingles(tensor);
  }

  private boolean allHalvesFinite(Tensor tensor) {
    AtomicBoolean finite = new AtomicBoolean(true);
    forEachGroup(
        tensor,
        group -> {
          long start = group * Lanes.MOST * tensor.rowBytes();
          long end = start + rowsOf(tensor, group) * tensor.rowBytes();
          for (long at = start; at < end; at += 2) {
            if (isNotFinite(tensor.bytes().get(SHORT, at))) {
              finite.set(false);
            }
          }
        });
    return finite.get();
  }

  private PackedMatrix packPairs(Tensor tensor, Packing packing) {
    PackedMatrix matrix = allocate(tensor, packing);
    int columns = tensor.columns();
    forEachGroup(
        tensor,
        group -> {
          long start = group * packing.groupBytes(columns);
          for (int i = 0; i < rowsOf(tensor, group); i++) {
            long stored = (group * Lanes.MOST + i) * tensor.rowBytes();
            for (int k = 0; k < columns; k++) {
              short bits = tensor.bytes().get(SHORT, stored + 2L * k);
              matrix.groups().set(SHORT, start + k / 2 * LINE + 4L * i + 2 * (k % 2), bits);
            }
          }
        });
    return matrix;
  }

  private PackedMatrix packBlocks(Tensor tensor, BlockPacking packing) {
    PackedMatrix matrix = allocate(tensor, packing);
    AtomicBoolean finite = new AtomicBoolean(true);
    forEachGroup(
        tensor,
        group -> {
          MemorySegment target =
              matrix.groups().asSlice(group * packing.groupBytes(tensor.columns()));
          for (int i = 0; i < rowsOf(tensor, group); i++) {
            if (!packRow(tensor, group * Lanes.MOST + i, packing, target.asSlice(4L * i))) {
              finite.set(false);
            }
          }
        });
    return finite.get() ? matrix : packSingles(tensor);
  }

  private static boolean packRow(
      Tensor tensor, int row, BlockPacking packing, MemorySegment target) {
    Dtype dtype = tensor.dtype();
    int[] quants = new int[Packing.BLOCK];
    int blocks = tensor.columns() / Packing.BLOCK;
    boolean finite = true;
    for (int block = 0; block < blocks; block++) {
      long stored = row * tensor.rowBytes() + (long) block * dtype.bytesPerBlock();
      StoredBlocks.read(dtype, tensor.bytes(), stored, quants);
      int factors = StoredBlocks.factors(dtype, tensor.bytes(), stored);
      finite &= !isNotFinite(factors) && !isNotFinite(factors >>> 16);
      long at = packing.groupBytes(block * Packing.BLOCK);
      target.set(INT, at, factors);
      packInts(quants, packing.columnsPerInt(), target, at + LINE);
    }
    return finite;
  }

  private static void packInts(int[] quants, int columnsPerInt, MemorySegment target, long at) {
    int bits = Integer.SIZE / columnsPerInt;
    for (int k = 0; k < Packing.BLOCK; k += columnsPerInt, at += LINE) {
      int packed = 0;
      for (int t = 0; t < columnsPerInt; t++) {
        packed |= quants[k + t] << t * bits;
      }
      target.set(INT, at, packed);
    }
  }

  private static boolean isNotFinite(int half) {
    return (half & HALF_EXPONENT) == HALF_EXPONENT;
  }

  private static int rowsOf(Tensor tensor, int group) {
    return Math.min(Lanes.MOST, tensor.rows() - group * Lanes.MOST);
  }

  private void forEachGroup(Tensor tensor, IntConsumer body) {
    int groups = (tensor.rows() + Lanes.MOST - 1) / Lanes.MOST;
    pool.run(groups, (group, worker) -> body.accept(group));
  }
}
