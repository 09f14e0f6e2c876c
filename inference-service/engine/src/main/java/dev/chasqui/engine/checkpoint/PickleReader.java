package dev.chasqui.engine.checkpoint;

import dev.chasqui.engine.api.CheckpointException;
import dev.chasqui.engine.checkpoint.PickleValue.Elements;
import dev.chasqui.engine.checkpoint.PickleValue.Members;
import dev.chasqui.engine.checkpoint.PickleValue.Other;
import dev.chasqui.engine.checkpoint.PickleValue.Text;
import dev.chasqui.engine.checkpoint.PickleValue.Whole;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the pickle of a checkpoint (CPython, Lib/pickletools.py). It knows dictionaries, numbers,
 * texts and tensors; nothing in a pickle is ever called, and a name of anything else ends the
 * reading.
 */
final class PickleReader {

  private static final int LONGEST_LINE = 256;

  /** Far beyond real ones, which have some 100 bytes for each tensor. */
  private static final int LONGEST = 1 << 24;

  private final MappedBytes bytes;
  private final PickleTensors tensors;
  private final List<PickleValue> stack = new ArrayList<>();
  private final List<Integer> marks = new ArrayList<>();
  private final Map<Long, PickleValue> memo = new HashMap<>();
  private long position;
  private long start;

  private PickleReader(MappedBytes bytes) {
    this.bytes = bytes;
    this.tensors = new PickleTensors(this::fault);
  }

  /**
   * Reads a pickle.
   *
   * @param bytes the whole of it
   * @return what it holds
   * @throws CheckpointException if it is damaged, or names what is no tensor
   */
  static PickleValue read(MappedBytes bytes) {
    if (bytes.size() > LONGEST) {
      throw bytes.fault(0, "a pickle of " + bytes.size() + " bytes", "at most " + LONGEST);
    }
    return new PickleReader(bytes).read();
  }

  private PickleValue read() {
    while (true) {
      start = position;
      int code = bytes.uint8(position++);
      if (code == '.') {
        return pop();
      }
      step(code);
    }
  }

  private void step(int code) {
    switch (code) {
      case 0x80 -> skip(1);
      case 0x95 -> skip(Long.BYTES);
      case '(' -> marks.add(stack.size());
      case '0' -> pop();
      case 'N', 0x88, 0x89 -> push(new Other());
      case 'G' -> {
        skip(Double.BYTES);
        push(new Other());
      }
      case 'K', 'M', 'J', 0x8a -> push(new Whole(number(code)));
      case 'X', 0x8c, 0x8d -> push(new Text(text(code)));
      case 'q', 'r', 0x94, 'h', 'j' -> remember(code);
      case 'c' -> push(tensors.named(line(), line()));
      case 0x93 -> {
        String name = text(pop());
        push(tensors.named(text(pop()), name));
      }
      case ')', ']', 't', 0x85, 0x86, 0x87, 'a', 'e', '}', 's', 'u' -> collect(code);
      case 'Q' -> push(tensors.storage(pop()));
      case 'R' -> {
        PickleValue arguments = pop();
        push(tensors.made(pop(), arguments));
      }
      case 'b' -> build();
      default -> throw fault("opcode 0x%02x".formatted(code), "one that data of tensors needs");
    }
  }

  private void collect(int code) {
    switch (code) {
      case ')', ']' -> push(new Elements(new ArrayList<>()));
      case '}' -> push(new Members(new LinkedHashMap<>()));
      case 't' -> push(new Elements(popToMark()));
      case 0x85, 0x86, 0x87 -> push(new Elements(popLast(code - 0x84)));
      case 'a' -> append(popLast(1));
      case 'e' -> append(popToMark());
      case 's' -> putAll(popLast(2));
      default -> putAll(popToMark());
    }
  }

  private void append(List<PickleValue> values) {
    if (!(top() instanceof Elements(List<PickleValue> list))) {
      throw fault("an element of what is no list", "a list");
    }
    list.addAll(values);
  }

  private void putAll(List<PickleValue> pairs) {
    if (!(top() instanceof Members(Map<String, PickleValue> byName)) || pairs.size() % 2 != 0) {
      throw fault("a member of what is no dictionary", "a dictionary");
    }
    for (int i = 0; i < pairs.size(); i += 2) {
      byName.put(text(pairs.get(i)), pairs.get(i + 1));
    }
  }

  /** State of an OrderedDict: versions of torch modules, which are nothing to us. */
  private void build() {
    pop();
    if (!(top() instanceof Members)) {
      throw fault("state of what is no dictionary", "a dictionary");
    }
  }

  private void remember(int code) {
    switch (code) {
      case 'q' -> memo.put((long) bytes.uint8(skip(1)), top());
      case 'r' -> memo.put(bytes.uint32(skip(Integer.BYTES)), top());
      case 0x94 -> memo.put((long) memo.size(), top());
      case 'h' -> push(recall(bytes.uint8(skip(1))));
      default -> push(recall(bytes.uint32(skip(Integer.BYTES))));
    }
  }

  private PickleValue recall(long index) {
    PickleValue value = memo.get(index);
    if (value == null) {
      throw fault("a look at memo " + index + ", which is empty", "one that was filled");
    }
    return value;
  }

  private long number(int code) {
    return switch (code) {
      case 'K' -> bytes.uint8(skip(1));
      case 'M' -> bytes.uint16(skip(Short.BYTES));
      case 'J' -> (int) bytes.uint32(skip(Integer.BYTES));
      default -> longNumber(bytes.uint8(skip(1)));
    };
  }

  /** Two's complement, little endian, of any length. */
  private long longNumber(int length) {
    if (length > Long.BYTES) {
      throw fault("a number of " + length + " bytes", "at most " + Long.BYTES);
    }
    long at = skip(length);
    long value = 0;
    for (int i = 0; i < length; i++) {
      value |= (long) bytes.uint8(at + i) << 8 * i;
    }
    int unused = Long.SIZE - 8 * length;
    return length == 0 ? 0 : value << unused >> unused;
  }

  private String text(int code) {
    long length =
        switch (code) {
          case 'X' -> bytes.uint32(skip(Integer.BYTES));
          case 0x8c -> bytes.uint8(skip(1));
          default -> bytes.int64(skip(Long.BYTES));
        };
    long at = skip(length);
    return bytes.text(at, length);
  }

  private String line() {
    long end = position;
    while (bytes.uint8(end) != '\n') {
      if (++end - position > LONGEST_LINE) {
        throw fault("a name without an end", "at most " + LONGEST_LINE + " bytes");
      }
    }
    String line = bytes.text(position, end - position);
    position = end + 1;
    return line;
  }

  private String text(PickleValue value) {
    if (value instanceof Text(String text)) {
      return text;
    }
    throw fault("something else as a key or name", "a text");
  }

  private long skip(long length) {
    bytes.require(position, length);
    long at = position;
    position += length;
    return at;
  }

  private void push(PickleValue value) {
    stack.add(value);
  }

  private PickleValue pop() {
    return popLast(1).getFirst();
  }

  private PickleValue top() {
    if (stack.size() <= floor()) {
      throw fault("an empty stack", "a value");
    }
    return stack.getLast();
  }

  private int floor() {
    return marks.isEmpty() ? 0 : marks.getLast();
  }

  private List<PickleValue> popLast(int count) {
    int from = stack.size() - count;
    if (from < floor()) {
      throw fault("a stack of too few values", count + " values");
    }
    return popFrom(from);
  }

  private List<PickleValue> popToMark() {
    if (marks.isEmpty()) {
      throw fault("no mark", "a mark");
    }
    return popFrom(marks.removeLast());
  }

  private List<PickleValue> popFrom(int from) {
    List<PickleValue> last = stack.subList(from, stack.size());
    List<PickleValue> popped = new ArrayList<>(last);
    last.clear();
    return popped;
  }

  private CheckpointException fault(String found, String expected) {
    return bytes.fault(start, found, expected);
  }
}
