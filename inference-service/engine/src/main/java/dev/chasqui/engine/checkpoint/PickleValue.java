package dev.chasqui.engine.checkpoint;

import dev.chasqui.engine.tensor.Dtype;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the pickle of a checkpoint may hold. Lists and maps grow while they are read. */
sealed interface PickleValue {

  /** A string. */
  record Text(String value) implements PickleValue {}

  /** A whole number. */
  record Whole(long value) implements PickleValue {}

  /** None, a truth value or a float: read, and not looked at. */
  record Other() implements PickleValue {}

  /** A tuple or a list. */
  record Elements(List<PickleValue> list) implements PickleValue {}

  /** A dictionary with strings for keys. */
  record Members(Map<String, PickleValue> byName) implements PickleValue {}

  /** The name of one of the few things that a checkpoint may name. */
  record Global(Name name) implements PickleValue {}

  /** A storage of the dtype it is applied to; empty for one that holds no weights. */
  record StorageType(Optional<Dtype> dtype) implements PickleValue {}

  /**
   * The bytes of tensors.
   *
   * @param key name of the zip entry
   * @param dtype how values are stored; empty if not as weights are
   */
  record Storage(String key, Optional<Dtype> dtype) implements PickleValue {}

  /**
   * A view of a storage.
   *
   * @param storage its bytes
   * @param offset index of the first value
   * @param shape sizes, outermost first
   * @param strides distance of neighbours in each dimension, in values
   */
  record View(Storage storage, long offset, long[] shape, long[] strides) implements PickleValue {}

  /** Functions and classes that a checkpoint may name. None of them is ever called. */
  enum Name {
    /** {@code collections.OrderedDict}. */
    ORDERED_DICT,
    /** {@code torch._utils._rebuild_tensor_v2}. */
    TENSOR,
    /** {@code torch._utils._rebuild_parameter}. */
    PARAMETER
  }
}
