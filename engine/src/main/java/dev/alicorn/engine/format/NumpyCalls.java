package dev.alicorn.engine.format;

import dev.alicorn.engine.format.PickleValue.Array;
import dev.alicorn.engine.format.PickleValue.Data;
import dev.alicorn.engine.format.PickleValue.Dtype;
import dev.alicorn.engine.format.PickleValue.Global;
import dev.alicorn.engine.format.PickleValue.Int;
import dev.alicorn.engine.format.PickleValue.Text;
import dev.alicorn.engine.format.PickleValue.Tuple;
import dev.alicorn.protocol.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// The calls that pickled numpy arrays are made of, in the spellings of numpy 1 (`numpy.core`) and
/// 2 (`numpy._core`), by their arguments' shape.
final class NumpyCalls {
  private static final String NDARRAY = "numpy.ndarray";
  private static final String DTYPE = "numpy.dtype";
  private static final String RECONSTRUCT = "numpy.core.multiarray._reconstruct";
  private static final String FROMBUFFER = "numpy.core.numeric._frombuffer";
  private static final String ENCODE = "_codecs.encode";
  private static final Set<String> ALLOWED =
      Set.of(NDARRAY, DTYPE, RECONSTRUCT, FROMBUFFER, ENCODE);

  private NumpyCalls() {}

  static Global global(String module, String name) throws FormatException {
    String spelled = module + "." + name;
    String canonical =
        spelled.startsWith("numpy._core.")
            ? "numpy.core." + spelled.substring("numpy._core.".length())
            : spelled;
    if (!ALLOWED.contains(canonical)) {
      throw new FormatException(
          Fault.UNSAFE_PICKLE,
          "the file calls "
              + spelled
              + ", and data needs nothing but numpy's arrays; do not load it, ask for it as numpy"
              + " arrays");
    }
    return new Global(canonical);
  }

  /// The result of `callable(*arguments)`.
  static PickleValue call(PickleValue callable, PickleValue arguments) throws FormatException {
    if (callable instanceof Global(String name) && arguments instanceof Tuple(var items)) {
      switch (name) {
        case RECONSTRUCT -> {
          if (items.size() == 3 && items.getFirst().equals(new Global(NDARRAY))) {
            return new Array();
          }
        }
        case DTYPE -> {
          if (!items.isEmpty() && items.getFirst() instanceof Text(String code)) {
            return new Dtype(code);
          }
        }
        case FROMBUFFER -> {
          if (items.size() == 4
              && items.get(0) instanceof Data(Bytes bytes)
              && items.get(1) instanceof Dtype dtype) {
            Array array = new Array();
            array.fill(dtype.text(), shape(items.get(2)), bytes);
            return array;
          }
        }
        case ENCODE -> {
          if (items.size() == 2
              && items.get(0) instanceof Text(String text)
              && items.get(1).equals(new Text("latin1"))) {
            return new Data(Bytes.wrap(text.getBytes(StandardCharsets.ISO_8859_1)));
          }
        }
        default -> {}
      }
      throw PickleInput.damaged("the arguments of " + name + " are not numpy's");
    }
    throw PickleInput.damaged("something is called that cannot be");
  }

  /// Sets the state of an array or a dtype.
  static void build(PickleValue target, PickleValue state) throws FormatException {
    if (state instanceof Tuple(var items)) {
      if (target instanceof Dtype dtype
          && items.size() >= 2
          && items.get(1) instanceof Text(String order)) {
        dtype.order(order);
        return;
      }
      if (target instanceof Array array
          && items.size() == 5
          && items.get(2) instanceof Dtype dtype
          && items.get(4) instanceof Data(Bytes bytes)) {
        array.fill(dtype.text(), shape(items.get(1)), bytes);
        return;
      }
    }
    throw PickleInput.damaged("the state of an array is not numpy's");
  }

  private static List<Long> shape(PickleValue value) throws FormatException {
    List<Long> shape = new ArrayList<>();
    if (value instanceof Tuple(var items)) {
      for (PickleValue item : items) {
        if (!(item instanceof Int(long length))) {
          throw PickleInput.damaged("an array's shape is no tuple of numbers");
        }
        shape.add(length);
      }
      return List.copyOf(shape);
    }
    throw PickleInput.damaged("an array's shape is no tuple");
  }
}
