package dev.alicorn.engine.dataset;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.attribute.FileTime;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/// A tar of rows as WebDataset reads it: `{id}.json` with the conversation and, where rows have
/// vectors, `{id}.npy` behind it.
///
/// Entries are POSIX ustar's, of no user, no group and the first moment of 1970.
final class TarShard implements RowOutput {
  private static final FileTime NO_TIME = FileTime.fromMillis(0);

  private final TarArchiveOutputStream tar;
  private final DatasetShape shape;
  private final byte[] front;

  TarShard(OutputStream out, DatasetShape shape) {
    tar = new TarArchiveOutputStream(out, StandardCharsets.US_ASCII.name());
    this.shape = shape;
    front = Npy.front(shape.precision(), shape.dimension());
  }

  @Override
  public void add(DatasetRow row) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (var json = AsciiJson.FACTORY.createGenerator(bytes)) {
      ConversationJson.write(json, row);
    }
    put(row.id() + ".json", bytes.toByteArray());
    if (shape.hasVectors()) {
      put(
          row.id() + ".npy",
          front,
          VectorBytes.bytes(row.vector().orElseThrow(), shape.precision()));
    }
  }

  private void put(String name, byte[]... parts) throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry(name);
    long size = 0;
    for (byte[] part : parts) {
      size += part.length;
    }
    entry.setSize(size);
    entry.setLastModifiedTime(NO_TIME);
    // Otherwise it is whoever runs this.
    entry.setUserName("");
    tar.putArchiveEntry(entry);
    for (byte[] part : parts) {
      tar.write(part);
    }
    tar.closeArchiveEntry();
  }

  @Override
  public void close() throws IOException {
    tar.close();
  }
}
