package dev.chasqui.engine.backend.cuda;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/** The functions of the library that was loaded. */
final class JniLibrary implements DeviceLibrary {

  @Override
  public Found find() {
    int[] versions = CudaCalls.versions();
    return new Found(
        versions[0],
        versions[1],
        Arrays.stream(CudaCalls.devices()).map(CudaDevice::parse).toList());
  }

  @Override
  public long freeBytes(int device) {
    return CudaCalls.freeBytes(device);
  }

  @Override
  public void bindThread(int[] cpus) {
    CudaCalls.bindThread(cpus);
  }

  @Override
  public DeviceSession open(int device) {
    return new JniSession(CudaCalls.open(device));
  }

  private static final class JniSession implements DeviceSession {

    private long handle;

    JniSession(long handle) {
      this.handle = handle;
    }

    @Override
    public int addMatrix(StoredType type, int rows, int columns) {
      return CudaCalls.addMatrix(handle, type.code(), rows, columns);
    }

    @Override
    public void fillMatrix(int matrix, int firstRow, int rows, MemorySegment bytes) {
      CudaCalls.fillMatrix(handle, matrix, firstRow, rows, bytes.address(), bytes.byteSize());
    }

    @Override
    public int addVector(float[] values) {
      return CudaCalls.addVector(handle, values);
    }

    @Override
    public void setProgram(Commands commands, SessionSizes sizes) {
      CudaCalls.setProgram(
          handle,
          commands.buffers(),
          commands.slots(),
          commands.code(),
          commands.logits(),
          sizes.toInts());
    }

    @Override
    public void run(CudaStep step, float[] logits) {
      CudaCalls.run(handle, step.words().address(), step.wordCount(), logits);
    }

    @Override
    public void greedy(CudaStep step, int[] best) {
      CudaCalls.greedy(handle, step.words().address(), step.wordCount(), best);
    }

    @Override
    public long graphLaunches() {
      return CudaCalls.graphLaunches(handle);
    }

    @Override
    public void close() {
      if (handle != 0) {
        CudaCalls.close(handle);
        handle = 0;
      }
    }
  }
}
