package dev.alicorn.engine.format;

import dev.alicorn.protocol.Bytes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A value of a pickle as its opcodes describe it; none of Python's code is behind it.
public sealed interface PickleValue {

  record Text(String value) implements PickleValue {}

  record Data(Bytes value) implements PickleValue {}

  record Int(long value) implements PickleValue {}

  /// None, a boolean or a float: values that no check looks into.
  record Scalar(String text) implements PickleValue {}

  record Tuple(List<PickleValue> items) implements PickleValue {}

  /// The name of something importable that a pickle may call.
  record Global(String name) implements PickleValue {}

  /// A value that is not kept for reference: a container, or more bytes than a constant has.
  record Forgotten() implements PickleValue {}

  /// A list; the outermost one keeps nothing, its items are handed on.
  record Items(List<PickleValue> items) implements PickleValue {
    Items() {
      this(new ArrayList<>());
    }
  }

  record Dict(Map<String, PickleValue> items) implements PickleValue {
    Dict() {
      this(new HashMap<>());
    }
  }

  /// A numpy dtype, whose byte order is set after it was made.
  final class Dtype implements PickleValue {
    private final String code;
    private String order = "|";

    Dtype(String code) {
      this.code = code;
    }

    void order(String order) {
      this.order = order;
    }

    /// As numpy writes it: `<f4`.
    String text() {
      return code.startsWith("<") || code.startsWith(">") ? code : order + code;
    }
  }

  /// A numpy array, which is filled after it was made.
  final class Array implements PickleValue {
    private String dtype = "";
    private List<Long> shape = List.of();
    private Bytes bytes = Bytes.EMPTY;

    void fill(String dtype, List<Long> shape, Bytes bytes) {
      this.dtype = dtype;
      this.shape = shape;
      this.bytes = bytes;
    }

    public String dtype() {
      return dtype;
    }

    public List<Long> shape() {
      return shape;
    }

    public Bytes bytes() {
      return bytes;
    }
  }
}
