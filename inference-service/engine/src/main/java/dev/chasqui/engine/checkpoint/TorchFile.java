package dev.chasqui.engine.checkpoint;

import dev.chasqui.engine.checkpoint.PickleValue.Members;
import dev.chasqui.engine.checkpoint.PickleValue.View;
import dev.chasqui.engine.tensor.Dtype;
import dev.chasqui.engine.tensor.Tensor;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads a dictionary of tensors that {@code torch.save} wrote: a zip file of stored entries, {@code
 * NAME/data.pkl} with names, shapes and places, {@code NAME/data/KEY} with the bytes.
 */
final class TorchFile {

  private static final String PICKLE = "data.pkl";

  private final MappedBytes file;
  private final Map<String, ZipArchive.Entry> entries;
  private final String prefix;

  private TorchFile(MappedBytes file) {
    this.file = file;
    this.entries = ZipArchive.read(file);
    this.prefix = prefix();
  }

  /**
   * Reads names, shapes and places.
   *
   * @param path for messages
   * @param bytes the whole file
   * @return its tensors by name, but for those that are not stored as weights are
   */
  static Map<String, Tensor> read(Path path, MemorySegment bytes) {
    return new TorchFile(new MappedBytes(path, bytes, 0)).read();
  }

  private String prefix() {
    List<String> pickles = entries.keySet().stream().filter(TorchFile::isPickle).toList();
    if (pickles.size() != 1) {
      throw file.fault(0, "%d entries data.pkl".formatted(pickles.size()), "one");
    }
    return pickles.getFirst().substring(0, pickles.getFirst().length() - PICKLE.length());
  }

  private static boolean isPickle(String name) {
    return name.equals(PICKLE) || name.endsWith("/" + PICKLE);
  }

  private Map<String, Tensor> read() {
    checkByteOrder();
    MappedBytes pickle = entry(PICKLE).checked();
    if (!(PickleReader.read(pickle) instanceof Members(Map<String, PickleValue> byName))) {
      throw pickle.fault(0, "no dictionary", "a dictionary of tensors");
    }
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    byName.forEach((name, value) -> {
      if (value instanceof View view && view.storage().dtype().isPresent()) {
        tensors.put(name, tensor(name, view, view.storage().dtype().get()));
      }
    });
    return tensors;
  }

  private void checkByteOrder() {
    ZipArchive.Entry order = entries.get(prefix + "byteorder");
    if (order != null) {
      MappedBytes content = order.checked();
      if (content.size() != 6 || !content.text(0, 6).equals("little")) {
        throw content.fault(0, "another byte order", "little");
      }
    }
  }

  private ZipArchive.Entry entry(String name) {
    ZipArchive.Entry entry = entries.get(prefix + name);
    if (entry == null) {
      throw file.fault(0, "no entry " + prefix + name, "one");
    }
    return entry;
  }

  private Tensor tensor(String name, View view, Dtype dtype) {
    MappedBytes storage = entry("data/" + view.storage().key()).content();
    long values = TensorShape.values(view.shape());
    if (values < 1 || !isContiguous(view)) {
      throw storage.fault(
          0,
          "%s of %s with strides %s"
              .formatted(name, TensorShape.shown(view.shape()), TensorShape.shown(view.strides())),
          "less than 2³¹ rows of values side by side");
    }
    long size = dtype.bytesPerBlock();
    long room = storage.size() / size;
    if (view.offset() < 0 || view.offset() > room - values) {
      throw storage.fault(
          0,
          "%s at %d, %d values long".formatted(name, view.offset(), values),
          "it to lie within the %d values of its storage".formatted(room));
    }
    return new Tensor(
        name, dtype, view.shape(), storage.bytes().asSlice(view.offset() * size, values * size));
  }

  private static boolean isContiguous(View view) {
    long[] shape = view.shape();
    long expected = 1;
    for (int i = shape.length - 1; i >= 0; i--) {
      boolean fits = i < view.strides().length && view.strides()[i] == expected;
      if (!fits && shape[i] != 1) {
        return false;
      }
      expected *= shape[i];
    }
    return view.strides().length == shape.length;
  }
}
