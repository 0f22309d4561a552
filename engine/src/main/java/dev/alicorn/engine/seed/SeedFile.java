package dev.alicorn.engine.seed;

import dev.alicorn.protocol.SeedSource;
import dev.alicorn.protocol.SeedSource.Format;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// A file source at its opening: its format is found out, and that it has what the job reads.
final class SeedFile {
  private final SeedSource.File source;
  private final SeedPlace place;

  SeedFile(SeedSource.File source, SeedPlace place) {
    this.source = source;
    this.place = place;
  }

  /// @throws SeedException when the file cannot be read, or has not what the job says
  FileRows open() {
    try {
      BufferedInputStream in = Unpacked.open(place.file());
      try {
        return rows(in);
      } catch (IOException | RuntimeException e) {
        in.close();
        throw e;
      }
    } catch (IOException e) {
      throw place.unreadable(e);
    }
  }

  private FileRows rows(BufferedInputStream in) throws IOException {
    String head = Unpacked.head(in);
    Format format =
        source.format() == Format.AUTO
            ? FormatGuess.of(Unpacked.name(place.file()), head, source.field().isPresent())
            : source.format();
    return switch (format) {
      case AUTO -> throw new IllegalStateException("a format was found");
      case TEXT -> text(in);
      case JSONL -> jsonl(in, head);
      case JSON -> JsonRows.open(place, in, false, source.field(), source.groupBy());
      case COCO -> JsonRows.open(place, in, true, source.field(), source.groupBy());
      case CSV -> table(new CsvRows(new SeedLines(in), ',', true));
      case TSV -> table(new CsvRows(new SeedLines(in), '\t', true));
      case FLICKR -> flickr(in, head);
      case PARQUET -> parquet(in);
    };
  }

  private FileRows text(BufferedInputStream in) {
    if (source.groupBy().isPresent()) {
      throw place.fault("group_by", "is plain text, which has no groups; leave the key out");
    }
    return LineRows.ofText(new SeedLines(in));
  }

  private FileRows jsonl(BufferedInputStream in, String head) throws IOException {
    if (source.field().isEmpty()) {
      throw place.fault(
          "field",
          "has JSON objects; name the caption's key, one of "
              + JsonObjects.names(FormatGuess.firstLine(head.stripLeading())));
    }
    JsonObjects objects = new JsonObjects(new RowFields(source.field().get(), source.groupBy()));
    return new LineRows(new SeedLines(in), objects::row);
  }

  private FileRows table(CsvRows rows) throws IOException {
    rows.choose(fields(rows.columns()));
    return rows;
  }

  private FileRows flickr(BufferedInputStream in, String head) throws IOException {
    FlickrShape shape =
        FlickrShape.of(head)
            .orElseThrow(() ->
                place.fault(
                    "format",
                    "begins neither with image#number, a tab and a caption nor with a header that Flickr's captions have; name another format"));
    List<String> known =
        List.of(FlickrShape.FIELDS.caption(), FlickrShape.FIELDS.group().orElseThrow());
    requireKnown("field", source.field(), known.subList(0, 1));
    requireKnown("group_by", source.groupBy(), known.subList(1, 2));
    SeedLines lines = new SeedLines(in);
    return switch (shape) {
      case TABS -> new LineRows(lines, FlickrShape::row);
      case COMMAS -> flickrTable(new CsvRows(lines, ',', true), shape);
      case BARS -> flickrTable(new CsvRows(lines, '|', false), shape);
    };
  }

  private static FileRows flickrTable(CsvRows rows, FlickrShape shape) throws IOException {
    rows.columns();
    rows.choose(new RowFields(shape.header().getLast(), Optional.of(shape.header().getFirst())));
    return rows;
  }

  private FileRows parquet(BufferedInputStream in) throws IOException {
    in.close();
    if (Unpacked.isPacked(place.file())) {
      throw place.fault("is Parquet that is compressed as a whole; unpack it first");
    }
    return ParquetRows.open(place, fields(ParquetRows.names(place)));
  }

  /// Where the rows of a table have what is read of them.
  private RowFields fields(List<String> columns) {
    if (source.field().isEmpty()) {
      throw place.fault(
          "field", "has several columns; name the one of the captions, of " + columns);
    }
    requireKnown("field", source.field(), columns);
    requireKnown("group_by", source.groupBy(), columns);
    return new RowFields(source.field().get(), source.groupBy());
  }

  private void requireKnown(String key, Optional<String> name, List<String> columns) {
    if (name.isPresent() && !columns.contains(name.get())) {
      throw place.fault(
          key, "has no column \"" + name.get() + "\" of texts; name one of " + columns);
    }
  }
}
