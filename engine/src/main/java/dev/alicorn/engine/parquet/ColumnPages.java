package dev.alicorn.engine.parquet;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.page.DataPage;
import org.apache.parquet.column.page.DataPageV1;
import org.apache.parquet.column.page.DataPageV2;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.page.PageReader;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.format.DataPageHeader;
import org.apache.parquet.format.DataPageHeaderV2;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.PageType;
import org.apache.parquet.format.Util;
import org.apache.parquet.schema.PrimitiveType;
import org.jspecify.annotations.Nullable;

/// The pages of one column of one row group, each read when it is asked for. What cannot be read is
/// an [UncheckedIOException], since Parquet asks.
final class ColumnPages implements PageReader, Closeable {
  private static final int PAGE_BYTES_MAX = 1 << 30;

  private final InputStream in;
  private final PageCodec codec;
  private final Statistics<?> none;
  private final long values;
  private long valuesRead;
  private Optional<PageHeader> first;

  /// @param in at the first page
  /// @param values how many there are
  ColumnPages(InputStream in, PageCodec codec, PrimitiveType type, long values) throws IOException {
    this.in = in;
    this.codec = codec;
    this.none = Statistics.createStats(type);
    this.values = values;
    this.first = Optional.of(Util.readPageHeader(in));
  }

  @Override
  public long getTotalValueCount() {
    return values;
  }

  @Override
  public @Nullable DictionaryPage readDictionaryPage() {
    PageHeader header = first.orElseThrow();
    if (header.getType() != PageType.DICTIONARY_PAGE) {
      return null;
    }
    first = Optional.empty();
    try {
      return new DictionaryPage(
          BytesInput.from(plain(header, 0)),
          header.getDictionary_page_header().getNum_values(),
          encoding(header.getDictionary_page_header().getEncoding()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public @Nullable DataPage readPage() {
    if (valuesRead >= values) {
      return null;
    }
    try {
      PageHeader header = first.isPresent() ? first.get() : Util.readPageHeader(in);
      first = Optional.empty();
      DataPage page =
          switch (header.getType()) {
            case DATA_PAGE -> version1(header, header.getData_page_header());
            case DATA_PAGE_V2 -> version2(header, header.getData_page_header_v2());
            case DICTIONARY_PAGE, INDEX_PAGE -> throw new IOException("a page is out of place");
          };
      valuesRead += page.getValueCount();
      return page;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private DataPage version1(PageHeader header, DataPageHeader data) throws IOException {
    return new DataPageV1(
        BytesInput.from(plain(header, 0)),
        data.getNum_values(),
        header.getUncompressed_page_size(),
        none,
        encoding(data.getRepetition_level_encoding()),
        encoding(data.getDefinition_level_encoding()),
        encoding(data.getEncoding()));
  }

  /// Levels lie before the values and are never compressed.
  private DataPage version2(PageHeader header, DataPageHeaderV2 data) throws IOException {
    int repetition = data.getRepetition_levels_byte_length();
    int definition = data.getDefinition_levels_byte_length();
    byte[] repetitionLevels = taken(repetition);
    byte[] definitionLevels = taken(definition);
    byte[] plain =
        data.isIs_compressed()
            ? plain(header, repetition + definition)
            : taken(header.getCompressed_page_size() - repetition - definition);
    return DataPageV2.uncompressed(
        data.getNum_rows(),
        data.getNum_nulls(),
        data.getNum_values(),
        BytesInput.from(repetitionLevels),
        BytesInput.from(definitionLevels),
        encoding(data.getEncoding()),
        BytesInput.from(plain),
        none);
  }

  /// @param before bytes of the page that are taken already
  private byte[] plain(PageHeader header, int before) throws IOException {
    byte[] page = taken(header.getCompressed_page_size() - before);
    int length = header.getUncompressed_page_size() - before;
    requireLength(length);
    return codec.plain(page, length);
  }

  private byte[] taken(int length) throws IOException {
    requireLength(length);
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException("a page is cut off");
    }
    return bytes;
  }

  private static void requireLength(int length) throws IOException {
    if (length < 0 || length > PAGE_BYTES_MAX) {
      throw new IOException("a page has " + length + " bytes");
    }
  }

  private static Encoding encoding(org.apache.parquet.format.Encoding encoding) {
    return Encoding.valueOf(encoding.name());
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
