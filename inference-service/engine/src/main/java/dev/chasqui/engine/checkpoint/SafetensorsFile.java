package dev.chasqui.engine.checkpoint;

import dev.chasqui.engine.api.CheckpointException;
import dev.chasqui.engine.tensor.Dtype;
import dev.chasqui.engine.tensor.Tensor;
import java.io.ByteArrayInputStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads a safetensors file (huggingface/safetensors, README, "Format"): the length of the header, a
 * header in JSON with dtype, shape and place of each tensor, then the bytes of all of them.
 */
final class SafetensorsFile {

  /** Llama 3.1 405B has some 150 kB; safetensors itself takes 100 MB. */
  private static final long LONGEST_HEADER = 8 << 20;

  private static final int LENGTH_BYTES = Long.BYTES;

  private static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private final Path file;
  private final MemorySegment bytes;
  private final long start;

  private SafetensorsFile(Path file, MemorySegment bytes, long start) {
    this.file = file;
    this.bytes = bytes;
    this.start = start;
  }

  /**
   * Reads the header.
   *
   * @param file for messages
   * @param bytes the whole file
   * @return its tensors by their names in the file; those without values, or of a dtype that is not
   *     for weights (whole numbers, float64, 8-bit floats), are left out
   * @throws CheckpointException if the file is damaged
   */
  static Map<String, Tensor> read(Path file, MemorySegment bytes) {
    long length = headerLength(file, bytes);
    MemorySegment header = bytes.asSlice(LENGTH_BYTES, length);
    Json json =
        JsonFile.read(
            file, new ByteArrayInputStream(header.toArray(ValueLayout.JAVA_BYTE)), LENGTH_BYTES);
    return new SafetensorsFile(file, bytes, LENGTH_BYTES + length).tensors(json);
  }

  private static long headerLength(Path file, MemorySegment bytes) {
    if (bytes.byteSize() < LENGTH_BYTES) {
      throw fault(file, 0, bytes.byteSize() + " bytes", "at least " + LENGTH_BYTES);
    }
    long length = bytes.get(LONG, 0);
    long most = Math.min(bytes.byteSize() - LENGTH_BYTES, LONGEST_HEADER);
    if (length < 2 || length > most) {
      throw fault(
          file, 0, "a header of " + Long.toUnsignedString(length) + " bytes", "2 to " + most);
    }
    return length;
  }

  /** Where a tensor lies behind the header. */
  private record Place(String name, long begin, long end) {}

  private Map<String, Tensor> tensors(Json header) {
    if (!(header instanceof Json.Members members)) {
      throw fault(LENGTH_BYTES, "a header that is no JSON object", "one");
    }
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    List<Place> places =
        members.byName().entrySet().stream()
            .filter(entry -> !entry.getKey().equals("__metadata__"))
            .map(entry -> place(entry.getKey(), entry.getValue()))
            .sorted(Comparator.comparingLong(Place::begin).thenComparing(Place::end))
            .toList();
    checkApart(places);
    for (Place place : places) {
      tensor(place, header.get(place.name)).ifPresent(tensor -> tensors.put(place.name, tensor));
    }
    return tensors;
  }

  private Place place(String name, Json entry) {
    List<Json> offsets = entry.get("data_offsets").elements();
    if (offsets.size() != 2) {
      Json found = entry.get("data_offsets");
      throw fault(found.at(), name + " with data_offsets " + found.shown(), "two numbers");
    }
    long begin = whole(name, offsets.get(0));
    long end = whole(name, offsets.get(1));
    long room = bytes.byteSize() - start;
    if (begin > end || end > room) {
      throw fault(
          entry.at(),
          "%s from %d to %d".formatted(name, begin, end),
          "it to lie within the %d bytes behind the header".formatted(room));
    }
    return new Place(name, begin, end);
  }

  private void checkApart(List<Place> sorted) {
    for (int i = 1; i < sorted.size(); i++) {
      if (sorted.get(i - 1).end > sorted.get(i).begin) {
        throw fault(
            start + sorted.get(i).begin,
            "%s within %s".formatted(sorted.get(i).name, sorted.get(i - 1).name),
            "tensors that do not overlap");
      }
    }
  }

  private Optional<Tensor> tensor(Place place, Json entry) {
    long[] shape =
        entry.get("shape").elements().stream().mapToLong(size -> whole(place.name, size)).toArray();
    Optional<Dtype> dtype = dtype(entry.get("dtype").text().orElse(""));
    long values = TensorShape.values(shape);
    if (dtype.isEmpty() || values == 0) {
      return Optional.empty();
    }
    long length = place.end - place.begin;
    if (values < 0 || values * dtype.get().bytesPerBlock() != length) {
      throw fault(
          entry.at(),
          "%s of %s %s in %d bytes"
              .formatted(place.name, dtype.get(), TensorShape.shown(shape), length),
          "dtype and shape to fit the bytes, in less than 2³¹ rows");
    }
    MemorySegment stored = bytes.asSlice(start + place.begin, length);
    return Optional.of(new Tensor(place.name, dtype.get(), shape, stored));
  }

  private static Optional<Dtype> dtype(String name) {
    return switch (name) {
      case "F32" -> Optional.of(Dtype.F32);
      case "F16" -> Optional.of(Dtype.F16);
      case "BF16" -> Optional.of(Dtype.BF16);
      default -> Optional.empty();
    };
  }

  private long whole(String name, Json json) {
    if (json instanceof Json.Number(double value, _)
        && value >= 0
        && value < 1L << 53
        && value == Math.rint(value)) {
      return (long) value;
    }
    throw fault(json.at(), name + " with " + json.shown(), "whole numbers from 0 on");
  }

  private CheckpointException fault(long offset, String found, String expected) {
    return fault(file, offset, found, expected);
  }

  private static CheckpointException fault(Path file, long offset, String found, String expected) {
    return CheckpointException.at(
        file,
        offset,
        found,
        expected + ". The file is damaged or no safetensors file; fetch it again.");
  }
}
