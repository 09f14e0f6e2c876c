package dev.chasqui.engine.backend.cuda;

import dev.chasqui.engine.api.DeviceFailureException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A driver and devices of a test's choice, which write down what they are told. */
final class FakeLibrary implements DeviceLibrary {

  static final CudaDevice OLD =
      new CudaDevice(0, "GPU-aaaa", "Old", 7, 5, 16L << 30, "0000:1B:00.0");
  static final CudaDevice NEW =
      new CudaDevice(1, "GPU-bbbb", "New", 9, 0, 80L << 30, "0000:3B:00.0");
  static final CudaDevice SLICE =
      new CudaDevice(2, "MIG-cccc", "Slice", 9, 0, 10L << 30, "0000:3B:00.0");

  final List<String> calls = new ArrayList<>();
  final List<int[]> steps = new ArrayList<>();
  Found found = new Found(12040, 13000, List.of(OLD, NEW, SLICE));
  long freeBytes = 8L << 30;
  Optional<DeviceFailureException> failure = Optional.empty();
  int open;

  @Override
  public Found find() {
    return found;
  }

  @Override
  public long freeBytes(int device) {
    return freeBytes;
  }

  @Override
  public void bindThread(int[] cpus) {
    calls.add("bind " + Arrays.toString(cpus));
  }

  @Override
  public DeviceSession open(int device) {
    calls.add("open " + device);
    open++;
    return new FakeSession();
  }

  private final class FakeSession implements DeviceSession {

    private int matrices;
    private int vectors;

    @Override
    public int addMatrix(StoredType type, int rows, int columns) {
      calls.add("matrix %s [%d, %d]".formatted(type, rows, columns));
      return matrices++;
    }

    @Override
    public void fillMatrix(int matrix, int firstRow, int rows, MemorySegment bytes) {
      calls.add(
          "fill %d rows %d to %d with %d bytes"
              .formatted(matrix, firstRow, firstRow + rows, bytes.byteSize()));
      failIfTold();
    }

    @Override
    public int addVector(float[] values) {
      calls.add("vector of " + values.length);
      return vectors++;
    }

    @Override
    public void setProgram(Commands commands, SessionSizes sizes) {
      calls.add("program " + Arrays.toString(commands.code()));
    }

    @Override
    public void run(CudaStep step, float[] logits) {
      steps.add(
          step.words()
              .asSlice(0, (long) step.wordCount() * Integer.BYTES)
              .toArray(ValueLayout.JAVA_INT));
      failIfTold();
      Arrays.fill(logits, 1);
    }

    @Override
    public void greedy(CudaStep step, int[] best) {
      failIfTold();
    }

    @Override
    public long graphLaunches() {
      return 0;
    }

    private void failIfTold() {
      failure.ifPresent(each -> {
        throw each;
      });
    }

    @Override
    public void close() {
      calls.add("close");
      open--;
    }
  }
}
