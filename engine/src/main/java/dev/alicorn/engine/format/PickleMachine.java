package dev.alicorn.engine.format;

import dev.alicorn.engine.format.PickleValue.Data;
import dev.alicorn.engine.format.PickleValue.Dict;
import dev.alicorn.engine.format.PickleValue.Forgotten;
import dev.alicorn.engine.format.PickleValue.Global;
import dev.alicorn.engine.format.PickleValue.Int;
import dev.alicorn.engine.format.PickleValue.Items;
import dev.alicorn.engine.format.PickleValue.Scalar;
import dev.alicorn.engine.format.PickleValue.Text;
import dev.alicorn.engine.format.PickleValue.Tuple;
import dev.alicorn.protocol.Bytes;
import java.io.IOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/// A reader of pickled lists that follows the opcodes and calls nothing.
///
/// Knows the opcodes of protocols 2 to 5 that data is made of (Python's `pickletools` lists them
/// all) and, of everything importable, what [NumpyCalls] knows; the first other thing ends the
/// reading. Items of the outermost list are handed on as they are appended and not kept. References
/// back (the memo) reach constants only: names, short texts, dtypes; others read as
/// [PickleValue.Forgotten]. So memory is bounded by what Python's pickler has open at a time, 1,000
/// items, and by the names of a file.
public final class PickleMachine {

  /// What takes the items of the outermost list.
  @FunctionalInterface
  public interface ItemSink {
    /// Takes the item with this number, from 1.
    void item(long row, PickleValue item);
  }

  private static final int STACK_MAX = 20_000;
  private static final int NESTED_ITEMS_MAX = 1 << 20;
  private static final int CONSTANT_LENGTH_MAX = 64;
  private static final int MEMO_GAP_MAX = 1000;
  private static final Forgotten FORGOTTEN = new Forgotten();

  private final PickleInput in;
  private final ItemSink sink;
  private final List<PickleValue> stack = new ArrayList<>();
  private final List<Integer> marks = new ArrayList<>();
  private final List<PickleValue> memo = new ArrayList<>();
  private long rows;

  public PickleMachine(PickleInput in, ItemSink sink) {
    this.in = in;
    this.sink = sink;
  }

  /// Reads to the end.
  public void run() throws IOException, FormatException {
    if (in.uint8() != 0x80) {
      throw PickleInput.damaged("this is no pickle of protocol 2 or later");
    }
    int protocol = in.uint8();
    if (protocol < 2 || protocol > 5) {
      throw PickleInput.damaged("pickle protocol " + protocol + " is not one of 2 to 5");
    }
    while (step(in.uint8())) {
      if (stack.size() > STACK_MAX) {
        throw PickleInput.damaged("more than " + STACK_MAX + " values are open at once");
      }
    }
    if (stack.size() != 1 || !(stack.getFirst() instanceof Items)) {
      throw new FormatException(
          Fault.MALFORMED_EMBEDDING,
          "the file holds no list; pickle one list of {\"id\", \"embed\"} records");
    }
  }

  /// Follows one opcode; false where it is the last.
  private boolean step(int opcode) throws IOException, FormatException {
    switch (opcode) {
      case '.' -> {
        return false;
      }
      case 0x95 -> in.int64();
      case '(' -> marks.add(stack.size());
      case '0' -> pop();
      case 'N' -> push(new Scalar("None"));
      case 0x88 -> push(new Scalar("True"));
      case 0x89 -> push(new Scalar("False"));
      case 'G' -> {
        in.int64();
        push(new Scalar("float"));
      }
      case 'J' -> push(new Int(in.int32()));
      case 'K' -> push(new Int(in.uint8()));
      case 'M' -> push(new Int(in.uint16()));
      case 0x8a -> push(new Int(long1()));
      case 'X' -> push(new Text(in.utf8(Integer.toUnsignedLong(in.int32()))));
      case 0x8c -> push(new Text(in.utf8(in.uint8())));
      case 0x8d -> push(new Text(in.utf8(in.int64())));
      case 'C' -> push(data(in.uint8()));
      case 'B' -> push(data(Integer.toUnsignedLong(in.int32())));
      case 0x8e, 0x96 -> push(data(in.int64()));
      case ')' -> push(new Tuple(List.of()));
      case 0x85 -> tuple(1);
      case 0x86 -> tuple(2);
      case 0x87 -> tuple(3);
      case 't' -> push(new Tuple(popToMark()));
      case ']' -> push(new Items());
      case '}' -> push(new Dict());
      case 'a' -> {
        PickleValue item = pop();
        append(List.of(item));
      }
      case 'e' -> append(popToMark());
      case 's' -> {
        PickleValue value = pop();
        set(List.of(pop(), value));
      }
      case 'u' -> set(popToMark());
      case 'q' -> memoise(in.uint8());
      case 'r' -> memoise(in.int32());
      case 0x94 -> memoise(memo.size());
      case 'h' -> recall(in.uint8());
      case 'j' -> recall(in.int32());
      case 'c' -> {
        String module = in.line();
        push(NumpyCalls.global(module, in.line()));
      }
      case 0x93 -> {
        PickleValue name = pop();
        push(NumpyCalls.global(text(pop()), text(name)));
      }
      case 'R' -> {
        PickleValue arguments = pop();
        push(NumpyCalls.call(pop(), arguments));
      }
      case 'b' -> {
        PickleValue state = pop();
        NumpyCalls.build(top(), state);
      }
      default ->
          throw new FormatException(
              Fault.UNSAFE_PICKLE,
              "opcode 0x"
                  + Integer.toHexString(opcode)
                  + " before byte "
                  + in.position()
                  + " is not one that data needs; do not load this file");
    }
    return true;
  }

  private Data data(long length) throws IOException, FormatException {
    return new Data(Bytes.wrap(in.bytes(length)));
  }

  private long long1() throws IOException, FormatException {
    byte[] littleEndian = in.bytes(in.uint8());
    if (littleEndian.length > Long.BYTES) {
      throw PickleInput.damaged("a number before byte " + in.position() + " is too large");
    }
    byte[] bigEndian = new byte[littleEndian.length];
    for (int i = 0; i < bigEndian.length; i++) {
      bigEndian[i] = littleEndian[bigEndian.length - 1 - i];
    }
    return bigEndian.length == 0 ? 0 : new BigInteger(bigEndian).longValueExact();
  }

  private void append(List<PickleValue> added) throws FormatException {
    if (!(top() instanceof Items list)) {
      throw PickleInput.damaged("something is appended to no list before byte " + in.position());
    }
    if (stack.size() == 1 && marks.isEmpty()) {
      for (PickleValue item : added) {
        sink.item(++rows, item);
      }
    } else {
      list.items().addAll(added);
      if (list.items().size() > NESTED_ITEMS_MAX) {
        throw PickleInput.damaged("a list before byte " + in.position() + " does not end");
      }
    }
  }

  private void set(List<PickleValue> keysAndValues) throws FormatException {
    if (!(top() instanceof Dict dict) || keysAndValues.size() % 2 != 0) {
      throw PickleInput.damaged("something is set in no dict before byte " + in.position());
    }
    for (int i = 0; i < keysAndValues.size(); i += 2) {
      dict.items().put(text(keysAndValues.get(i)), keysAndValues.get(i + 1));
    }
  }

  /// Keeps the top value for reference, where it is a constant.
  private void memoise(int slot) throws FormatException {
    if (slot < 0 || slot > memo.size() + MEMO_GAP_MAX) {
      throw PickleInput.damaged("memo slot " + slot + " before byte " + in.position() + " is wild");
    }
    while (memo.size() <= slot) {
      memo.add(FORGOTTEN);
    }
    PickleValue value = top();
    boolean kept =
        value instanceof Tuple(var items)
            ? items.stream().allMatch(PickleMachine::isConstantOrTupleOfThem)
            : isConstant(value);
    memo.set(slot, kept ? value : FORGOTTEN);
  }

  private static boolean isConstantOrTupleOfThem(PickleValue value) {
    return value instanceof Tuple(var items)
        ? items.stream().allMatch(PickleMachine::isConstant)
        : isConstant(value);
  }

  private static boolean isConstant(PickleValue value) {
    return switch (value) {
      case Text(String text) -> text.length() <= CONSTANT_LENGTH_MAX;
      case Data(Bytes bytes) -> bytes.length() <= CONSTANT_LENGTH_MAX;
      case Int _, Scalar _, Global _, PickleValue.Dtype _ -> true;
      case Tuple _, Items _, Dict _, PickleValue.Array _, Forgotten _ -> false;
    };
  }

  private void recall(int slot) throws FormatException {
    if (slot < 0 || slot >= memo.size()) {
      throw PickleInput.damaged("a reference before byte " + in.position() + " leads nowhere");
    }
    push(memo.get(slot));
  }

  private void tuple(int length) throws FormatException {
    List<PickleValue> items = new ArrayList<>();
    for (int i = 0; i < length; i++) {
      items.addFirst(pop());
    }
    push(new Tuple(items));
  }

  private List<PickleValue> popToMark() throws FormatException {
    if (marks.isEmpty()) {
      throw PickleInput.damaged("a mark is missing before byte " + in.position());
    }
    List<PickleValue> tail = stack.subList(marks.removeLast(), stack.size());
    List<PickleValue> popped = List.copyOf(tail);
    tail.clear();
    return popped;
  }

  private void push(PickleValue value) {
    stack.add(value);
  }

  private PickleValue pop() throws FormatException {
    PickleValue value = top();
    stack.removeLast();
    return value;
  }

  private PickleValue top() throws FormatException {
    if (stack.size() <= (marks.isEmpty() ? 0 : marks.getLast())) {
      throw PickleInput.damaged("a value is missing before byte " + in.position());
    }
    return stack.getLast();
  }

  private static String text(PickleValue value) throws FormatException {
    if (value instanceof Text text) {
      return text.value();
    }
    throw PickleInput.damaged("a name is no text");
  }
}
