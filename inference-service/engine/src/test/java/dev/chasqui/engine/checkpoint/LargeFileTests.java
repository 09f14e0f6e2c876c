package dev.chasqui.engine.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of 16 GB, nearly all of it holes, are opened in little heap. */
class LargeFileTests {

  private static final long SIDE = 1 << 16;
  private static final long TENSOR_BYTES = SIDE * SIDE * Float.BYTES;
  private static final long MOST_HEAP = 8 << 20;

  @TempDir private Path folder;

  @Test
  void gguf() throws IOException {
    Path file = written("large.gguf", GgufFile.tiny().hole("hole.weight", SIDE, SIDE).toBytes());
    long before = allocatedBytes();
    try (Checkpoint checkpoint = Checkpoints.open(file)) {
      assertThat(checkpoint.tensors().get("hole.weight").bytes().byteSize())
          .isEqualTo(TENSOR_BYTES);
      assertThat(allocatedBytes() - before).isLessThan(MOST_HEAP);
    }
  }

  @Test
  void safetensors() throws IOException {
    String header =
        "{\"hole\":{\"dtype\":\"F32\",\"shape\":[%d,%d],\"data_offsets\":[0,%d]}}"
            .formatted(SIDE, SIDE, TENSOR_BYTES);
    byte[] json = header.getBytes(StandardCharsets.UTF_8);
    ByteBuffer bytes = ByteBuffer.allocate(8 + json.length).order(ByteOrder.LITTLE_ENDIAN);
    Path file = written("model.safetensors", bytes.putLong(json.length).put(json).array());
    long before = allocatedBytes();
    try (WeightFiles files = new WeightFiles()) {
      assertThat(SafetensorsFile.read(file, files.map(file)).get("hole").bytes().byteSize())
          .isEqualTo(TENSOR_BYTES);
      assertThat(allocatedBytes() - before).isLessThan(MOST_HEAP);
    }
  }

  private Path written(String name, byte[] beginning) throws IOException {
    Path path = folder.resolve(name);
    try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
      file.write(beginning);
      file.setLength(beginning.length + TENSOR_BYTES);
    }
    return path;
  }

  private static long allocatedBytes() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    return threads.getCurrentThreadAllocatedBytes();
  }
}
