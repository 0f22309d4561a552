package dev.alicorn.engine.anchor;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A numpy array on its own, versions 1 to 3 of the format of `numpy.lib.format`: a header that is
/// a Python literal, then the numbers. Here in C order, in two dimensions.
final class NpyFile {
  static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};

  private static final int HEADER_BYTES_MAX = 1 << 16;
  private static final Pattern DESCR = Pattern.compile("'descr': *'([^']*)'");
  private static final Pattern ORDER = Pattern.compile("'fortran_order': *(True|False)");
  private static final Pattern SHAPE = Pattern.compile("'shape': *\\(([0-9L, ]*)\\)");
  private static final Pattern TWO = Pattern.compile(" *([0-9]{1,18})L?, *([0-9]{1,18})L? *,? *");

  private NpyFile() {}

  static EmbeddingRows open(Path file) throws AnchorException, IOException {
    try (DataInputStream in = new DataInputStream(Files.newInputStream(file))) {
      in.skipNBytes(MAGIC.length);
      int version = in.readUnsignedByte();
      in.readByte();
      if (version < 1 || version > 3) {
        throw new AnchorException(
            file, "its npy format has version " + version + "; save it with numpy.save");
      }
      long headerBytes =
          version == 1
              ? Short.toUnsignedInt(Short.reverseBytes(in.readShort()))
              : Integer.toUnsignedLong(Integer.reverseBytes(in.readInt()));
      if (headerBytes > HEADER_BYTES_MAX) {
        throw new AnchorException(
            file, "its header has " + headerBytes + " bytes; save a plain array of floats");
      }
      byte[] header = new byte[(int) headerBytes];
      in.readFully(header);
      long start = MAGIC.length + 2 + (version == 1 ? Short.BYTES : Integer.BYTES) + headerBytes;
      return rows(file, new String(header, StandardCharsets.UTF_8), start);
    } catch (EOFException e) {
      throw new AnchorException(file, "it ends within its header; copy it again");
    }
  }

  private static EmbeddingRows rows(Path file, String header, long start)
      throws AnchorException, IOException {
    Optional<NumberType> type = found(DESCR, header).flatMap(NumberType::ofNpy);
    if (type.isEmpty()) {
      throw new AnchorException(
          file,
          "its numbers are %s; save them as little-endian floats: x.astype('<f4')"
              .formatted(found(DESCR, header).orElse("structured")));
    }
    if (!found(ORDER, header).equals(Optional.of("False"))) {
      throw new AnchorException(file, "it is in Fortran's order; save numpy.ascontiguousarray(x)");
    }
    String shape = found(SHAPE, header).orElse("");
    Matcher two = TWO.matcher(shape);
    if (!two.matches()) {
      throw new AnchorException(
          file, "its shape is (%s); save [images, dimension]".formatted(shape));
    }
    MatrixRows.Shape matrix =
        MatrixRows.Shape.of(file, Long.parseLong(two.group(1)), Long.parseLong(two.group(2)));
    return MatrixRows.open(file, start, Files.size(file), matrix, type.get());
  }

  private static Optional<String> found(Pattern pattern, String header) {
    Matcher matcher = pattern.matcher(header);
    return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
  }
}
