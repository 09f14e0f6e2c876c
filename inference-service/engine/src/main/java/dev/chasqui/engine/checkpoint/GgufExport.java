package dev.chasqui.engine.checkpoint;

import dev.chasqui.engine.api.CheckpointException;
import dev.chasqui.engine.tensor.Dtype;
import dev.chasqui.engine.tensor.Tensor;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Writes a checkpoint as a GGUF file with tokenizer and metadata, by llama.cpp's conventions: rows
 * of queries and keys in the order of interleaved pairs, vectors in F32, divisors of Llama 3.1's
 * frequencies as {@code rope_freqs.weight}.
 *
 * <p>Matrices whose rows are no whole blocks of the wanted type are stored in Q8_0 or BF16. The
 * output matrix of a 4-bit file has 8 bits, since every token goes through it.
 */
public final class GgufExport {

  private static final int ALIGNMENT = 32;
  private static final long CHUNK_BYTES = 1 << 22;

  private final Checkpoint checkpoint;
  private final Dtype type;
  private final List<ExportedTensor> tensors = new ArrayList<>();

  private GgufExport(Checkpoint checkpoint, Dtype type) {
    this.checkpoint = checkpoint;
    this.type = type;
  }

  /**
   * Writes a file, which appears only when it is whole.
   *
   * @param checkpoint what to write
   * @param file replaced if it exists
   * @param type how matrices are stored: F32, BF16, Q8_0, Q4_0 or Q4_K
   * @throws CheckpointException if the file cannot be written, or GGUF cannot say what the
   *     checkpoint says
   * @throws IllegalArgumentException if it is another type
   */
  public static void write(Checkpoint checkpoint, Path file, Dtype type) {
    GgufExport export = new GgufExport(checkpoint, type);
    export.addTensors();
    Path part = file.resolveSibling(file.getFileName() + ".part");
    try {
      try (FileChannel channel =
          FileChannel.open(
              part,
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING,
              StandardOpenOption.WRITE)) {
        export.write(channel);
      }
      Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new CheckpointException(file + " cannot be written: " + e.getMessage(), e);
    } finally {
      deleteQuietly(part);
    }
  }

  private static void deleteQuietly(Path part) {
    try {
      Files.deleteIfExists(part);
    } catch (IOException leftBehind) {
      // The failure that led here says more.
    }
  }

  private void addTensors() {
    RopeFrequencies.divisors(checkpoint.config().rope())
        .ifPresent(divisors -> tensors.add(ExportedTensor.vector("rope_freqs.weight", divisors)));
    checkpoint.tensors().values().stream()
        .filter(tensor -> !tensor.name().equals("rope_freqs.weight"))
        .sorted(Comparator.comparingInt(GgufExport::place).thenComparing(Tensor::name))
        .map(this::exported)
        .forEach(tensors::add);
  }

  /** The embedding first, then layer by layer, then the rest. */
  private static int place(Tensor tensor) {
    String[] parts = tensor.name().split("\\.");
    if (parts[0].equals("blk") && parts[1].matches("[0-9]{1,5}")) {
      return Integer.parseInt(parts[1]);
    }
    return tensor.name().startsWith("token_embd") ? -1 : Integer.MAX_VALUE;
  }

  private ExportedTensor exported(Tensor tensor) {
    Dtype stored = tensor.shape().length < 2 ? Dtype.F32 : matrixType(tensor);
    boolean turned =
        checkpoint.config().rope().pairing() == Rope.Pairing.HALVES
            && tensor.name().matches("blk\\.[0-9]+\\.attn_[qk]\\.(weight|bias)");
    return new ExportedTensor(
        tensor, stored, turned ? checkpoint.config().rope().dimensions() : 0, headSize());
  }

  private int headSize() {
    return checkpoint.config().headSize();
  }

  private Dtype matrixType(Tensor tensor) {
    boolean fourBits = type == Dtype.Q4_0 || type == Dtype.Q4_K;
    String output = checkpoint.config().tiedEmbeddings() ? "token_embd.weight" : "output.weight";
    Dtype wanted = fourBits && tensor.name().equals(output) ? Dtype.Q8_0 : type;
    for (Dtype candidate : List.of(wanted, Dtype.Q8_0)) {
      if (tensor.columns() % candidate.blockSize() == 0) {
        return candidate;
      }
    }
    return Dtype.BF16;
  }

  private byte[] header() {
    GgufOutput out = new GgufOutput();
    GgufModelKeys.write(checkpoint.config(), out);
    out.uint32("general.alignment", ALIGNMENT);
    out.uint32("general.file_type", fileType());
    out.uint32("general.quantization_version", 2);
    GgufTokenizerKeys.write(checkpoint, out);
    long position = 0;
    for (ExportedTensor tensor : tensors) {
      out.tensor(tensor.name(), tensor.shape(), tensor.typeCode(), position);
      position += aligned(tensor.bytes());
    }
    return out.header();
  }

  /** llama.h, {@code llama_ftype}. */
  private int fileType() {
    return switch (type) {
      case F32 -> 0;
      case Q4_0 -> 2;
      case Q8_0 -> 7;
      case Q4_K -> 14;
      case BF16 -> 32;
      default -> throw new IllegalArgumentException(type + " cannot be made");
    };
  }

  private static long aligned(long bytes) {
    return Math.ceilDiv(bytes, ALIGNMENT) * ALIGNMENT;
  }

  private void write(FileChannel channel) throws IOException {
    writeAll(channel, ByteBuffer.wrap(header()));
    pad(channel);
    for (ExportedTensor tensor : tensors) {
      int rowsAtOnce = Math.clamp(CHUNK_BYTES / tensor.rowBytes(), 1, tensor.rows());
      try (Arena arena = Arena.ofConfined()) {
        MemorySegment chunk = arena.allocate(rowsAtOnce * tensor.rowBytes());
        for (int row = 0; row < tensor.rows(); row += rowsAtOnce) {
          int rows = Math.min(rowsAtOnce, tensor.rows() - row);
          tensor.write(row, rows, chunk);
          writeAll(channel, chunk.asSlice(0, rows * tensor.rowBytes()).asByteBuffer());
        }
      }
      pad(channel);
    }
  }

  private static void pad(FileChannel channel) throws IOException {
    long position = channel.position();
    writeAll(channel, ByteBuffer.allocate((int) (aligned(position) - position)));
  }

  private static void writeAll(FileChannel channel, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }
}
