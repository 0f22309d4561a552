package dev.alicorn.engine.format;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The front of a numpy array, versions 1 to 3 of the format of `numpy.lib.format`: a magic number
/// and a Python literal. Here of little-endian floats in C order.
///
/// @param bytes how long the front is
record NpyHeader(NumberType type, List<Long> shape, long bytes) {
  static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};

  private static final int HEADER_BYTES_MAX = 1 << 16;
  private static final Pattern DESCR = Pattern.compile("'descr': *'([^']*)'");
  private static final Pattern ORDER = Pattern.compile("'fortran_order': *(True|False)");
  private static final Pattern SHAPE = Pattern.compile("'shape': *\\(([0-9L, ]*)\\)");
  private static final Pattern LENGTH = Pattern.compile("[0-9]{1,18}");

  NpyHeader {
    shape = List.copyOf(shape);
  }

  /// Reads it, up to the first number.
  static NpyHeader read(DataInputStream in) throws FormatException, IOException {
    try {
      byte[] magic = new byte[MAGIC.length];
      in.readFully(magic);
      int version = in.readUnsignedByte();
      in.readByte();
      if (!Arrays.equals(magic, MAGIC)) {
        throw new FormatException(
            Fault.DAMAGED_NPY, "it does not begin as npy does; save it with numpy.save");
      }
      if (version < 1 || version > 3) {
        throw new FormatException(
            Fault.DAMAGED_NPY,
            "its npy format has version " + version + "; save it with numpy.save");
      }
      long headerBytes =
          version == 1
              ? Short.toUnsignedInt(Short.reverseBytes(in.readShort()))
              : Integer.toUnsignedLong(Integer.reverseBytes(in.readInt()));
      if (headerBytes > HEADER_BYTES_MAX) {
        throw new FormatException(
            Fault.DAMAGED_NPY,
            "its header has " + headerBytes + " bytes; save a plain array of floats");
      }
      byte[] header = new byte[(int) headerBytes];
      in.readFully(header);
      long start = MAGIC.length + 2 + (version == 1 ? Short.BYTES : Integer.BYTES) + headerBytes;
      return of(new String(header, StandardCharsets.UTF_8), start);
    } catch (EOFException e) {
      throw new FormatException(Fault.DAMAGED_NPY, "it ends within its header; copy it again");
    }
  }

  private static NpyHeader of(String header, long start) throws FormatException {
    Optional<NumberType> type = found(DESCR, header).flatMap(NumberType::ofNpy);
    if (type.isEmpty()) {
      throw new FormatException(
          Fault.WRONG_NUMBER_TYPE,
          "its numbers are %s; save them as little-endian floats: x.astype('<f4')"
              .formatted(found(DESCR, header).orElse("structured")));
    }
    if (!found(ORDER, header).equals(Optional.of("False"))) {
      throw new FormatException(
          Fault.WRONG_ORDER, "it is in Fortran's order; save numpy.ascontiguousarray(x)");
    }
    List<Long> shape = new ArrayList<>();
    Matcher length = LENGTH.matcher(found(SHAPE, header).orElse(""));
    while (length.find()) {
      shape.add(Long.parseLong(length.group()));
    }
    return new NpyHeader(type.get(), shape, start);
  }

  /// The shape as Python writes it: `(8,)`.
  String python() {
    String lengths = shape.toString();
    return "(" + lengths.substring(1, lengths.length() - 1) + (shape.size() == 1 ? ",)" : ")");
  }

  private static Optional<String> found(Pattern pattern, String header) {
    Matcher matcher = pattern.matcher(header);
    return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
  }
}
