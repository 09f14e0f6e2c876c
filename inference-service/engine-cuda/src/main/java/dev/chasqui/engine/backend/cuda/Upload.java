package dev.chasqui.engine.backend.cuda;

import dev.chasqui.engine.tensor.Dequantizer;
import dev.chasqui.engine.tensor.Dtype;
import dev.chasqui.engine.tensor.Quantizer;
import dev.chasqui.engine.tensor.Tensor;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Consumer;

/** Copies matrices from the mapped file to the device, and tells how far it is. */
final class Upload {

  private static final System.Logger LOG = System.getLogger(Upload.class.getName());

  /** What has no kernel of its own is quantised anew in pieces of about so many values. */
  private static final int PIECE = 1 << 22;

  private static final int TOLD_TIMES = 10;

  /** Less than this is there before anybody asks. */
  private static final long LEAST_TOLD = 1L << 28;

  private static final double GIB = 1 << 30;

  private final DeviceSession session;
  private final String device;
  private final long totalBytes;
  private final Consumer<String> progress;
  private final Set<Dtype> requantised = EnumSet.noneOf(Dtype.class);
  private long doneBytes;
  private int told;

  /**
   * Makes an upload.
   *
   * @param session where to
   * @param device its name, for messages
   * @param totalBytes of all matrices
   * @param progress gets a line with every tenth
   */
  Upload(DeviceSession session, String device, long totalBytes, Consumer<String> progress) {
    this.session = session;
    this.device = device;
    this.totalBytes = totalBytes;
    this.progress = progress;
  }

  /** Returns how a tensor is stored on the device. */
  static StoredType storedType(Tensor tensor) {
    return StoredType.of(tensor.dtype()).orElse(StoredType.Q8_0);
  }

  /** Returns the bytes that a tensor takes there. */
  static long storedBytes(Tensor tensor) {
    return storedType(tensor).bytes(tensor.values());
  }

  /** Fills rows of a matrix from a row on. */
  void fill(int matrix, int firstRow, Tensor tensor) {
    try (Arena arena = Arena.ofConfined()) {
      if (StoredType.of(tensor.dtype()).isEmpty()) {
        requantise(matrix, firstRow, tensor, arena);
      } else {
        session.fillMatrix(matrix, firstRow, tensor.rows(), nativeBytes(tensor, arena));
      }
    }
    tell(storedBytes(tensor));
  }

  private static MemorySegment nativeBytes(Tensor tensor, Arena arena) {
    return tensor.bytes().isNative()
        ? tensor.bytes()
        : arena.allocate(tensor.bytes().byteSize(), Long.BYTES).copyFrom(tensor.bytes());
  }

  private void requantise(int matrix, int firstRow, Tensor tensor, Arena arena) {
    if (requantised.add(tensor.dtype())) {
      LOG.log(
          System.Logger.Level.INFO,
          "weights of dtype {0} are repacked as Q8_0: backend cuda has no kernel of their own",
          tensor.dtype());
    }
    int columns = tensor.columns();
    int most = Math.max(1, Math.min(tensor.rows(), PIECE / columns));
    long rowBytes = StoredType.Q8_0.bytes(columns);
    MemorySegment piece = arena.allocate(most * rowBytes, Long.BYTES);
    float[] row = new float[columns];
    for (int start = 0; start < tensor.rows(); start += most) {
      int count = Math.min(most, tensor.rows() - start);
      for (int i = 0; i < count; i++) {
        Dequantizer.of(tensor.dtype())
            .dequantize(tensor.bytes(), (start + i) * tensor.rowBytes(), row, 0, columns);
        Quantizer.of(Dtype.Q8_0).quantize(row, 0, columns, piece, i * rowBytes);
      }
      session.fillMatrix(matrix, firstRow + start, count, piece.asSlice(0, count * rowBytes));
    }
  }

  private void tell(long bytes) {
    doneBytes += bytes;
    int now = totalBytes < LEAST_TOLD ? 0 : (int) (TOLD_TIMES * doneBytes / totalBytes);
    if (now > told) {
      told = now;
      progress.accept(
          "%s: %.2f of %.2f GiB of weights uploaded"
              .formatted(device, doneBytes / GIB, totalBytes / GIB));
    }
  }
}
