package dev.chasqui.engine.checkpoint;

import dev.chasqui.engine.api.CheckpointException;
import dev.chasqui.engine.checkpoint.PickleValue.Elements;
import dev.chasqui.engine.checkpoint.PickleValue.Global;
import dev.chasqui.engine.checkpoint.PickleValue.Members;
import dev.chasqui.engine.checkpoint.PickleValue.Name;
import dev.chasqui.engine.checkpoint.PickleValue.Storage;
import dev.chasqui.engine.checkpoint.PickleValue.StorageType;
import dev.chasqui.engine.checkpoint.PickleValue.Text;
import dev.chasqui.engine.checkpoint.PickleValue.View;
import dev.chasqui.engine.checkpoint.PickleValue.Whole;
import dev.chasqui.engine.tensor.Dtype;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/** What torch writes into a pickle for a tensor (pytorch, torch/serialization.py, _utils.py). */
final class PickleTensors {

  private static final int MOST_DIMENSIONS = 8;

  private final BiFunction<String, String, CheckpointException> faults;

  /**
   * Makes them.
   *
   * @param faults makes an exception of what was found and what was expected
   */
  PickleTensors(BiFunction<String, String, CheckpointException> faults) {
    this.faults = faults;
  }

  /** Returns what a name stands for; a name of anything but tensors is refused. */
  PickleValue named(String module, String name) {
    String whole = module + "." + name;
    return switch (whole) {
      case "collections.OrderedDict" -> new Global(Name.ORDERED_DICT);
      case "torch._utils._rebuild_tensor_v2" -> new Global(Name.TENSOR);
      case "torch._utils._rebuild_parameter" -> new Global(Name.PARAMETER);
      case "torch.FloatStorage" -> new StorageType(Optional.of(Dtype.F32));
      case "torch.HalfStorage" -> new StorageType(Optional.of(Dtype.F16));
      case "torch.BFloat16Storage" -> new StorageType(Optional.of(Dtype.BF16));
      default -> {
        if (whole.matches("torch\\.[A-Z][A-Za-z0-9]{1,20}Storage")) {
          yield new StorageType(Optional.empty());
        }
        throw faults.apply(
            "the name " + (whole.length() > 80 ? whole.substring(0, 80) + "…" : whole),
            "names of tensors only: a checkpoint that names anything else could run code"
                + " elsewhere");
      }
    };
  }

  /** Reads {@code ("storage", type, key, location, size)}. */
  Storage storage(PickleValue id) {
    if (id instanceof Elements(List<PickleValue> parts)
        && parts.size() == 5
        && parts.get(0) instanceof Text(String kind)
        && kind.equals("storage")
        && parts.get(1) instanceof StorageType(Optional<Dtype> dtype)
        && parts.get(2) instanceof Text(String key)) {
      return new Storage(key, dtype);
    }
    throw faults.apply("a reference to something else", "a storage of tensors");
  }

  /** Returns what a name applied to arguments is. */
  PickleValue made(PickleValue named, PickleValue arguments) {
    if (!(named instanceof Global(Name name))
        || !(arguments instanceof Elements(List<PickleValue> list))) {
      throw faults.apply("a call of what is no name", "a tensor");
    }
    return switch (name) {
      case ORDERED_DICT -> ordered(list);
      case TENSOR -> view(list);
      case PARAMETER -> parameter(list);
    };
  }

  private PickleValue ordered(List<PickleValue> arguments) {
    if (!arguments.isEmpty()) {
      throw faults.apply("an OrderedDict with arguments", "an empty one");
    }
    return new Members(new LinkedHashMap<>());
  }

  private PickleValue parameter(List<PickleValue> arguments) {
    if (arguments.isEmpty() || !(arguments.getFirst() instanceof View view)) {
      throw faults.apply("a parameter of something else", "a tensor");
    }
    return view;
  }

  private PickleValue view(List<PickleValue> arguments) {
    if (arguments.size() < 4
        || !(arguments.get(0) instanceof Storage storage)
        || !(arguments.get(1) instanceof Whole(long offset))) {
      throw faults.apply("a tensor of something else", "a storage, an offset, sizes and strides");
    }
    return new View(storage, offset, sizes(arguments.get(2)), sizes(arguments.get(3)));
  }

  private long[] sizes(PickleValue value) {
    if (!(value instanceof Elements(List<PickleValue> list)) || list.size() > MOST_DIMENSIONS) {
      throw faults.apply("no sizes", "at most " + MOST_DIMENSIONS + " whole numbers");
    }
    long[] sizes = new long[list.size()];
    for (int i = 0; i < sizes.length; i++) {
      if (!(list.get(i) instanceof Whole(long size))) {
        throw faults.apply("a size that is no number", "whole numbers");
      }
      sizes[i] = size;
    }
    return sizes;
  }
}
