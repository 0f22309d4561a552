package dev.alicorn.engine.validate;

import dev.alicorn.engine.dataset.DatasetSet;
import dev.alicorn.engine.dataset.read.Flaw;
import dev.alicorn.engine.dataset.read.FormatSource;
import dev.alicorn.engine.dataset.read.Ids;
import dev.alicorn.engine.dataset.read.ReadVector;
import dev.alicorn.engine.dataset.read.Vector;
import dev.alicorn.engine.format.NumberType;
import dev.alicorn.protocol.Embedding;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The reading of a dataset's vectors, format by format: each by itself, and against those of its
/// id that were read before. A vector that is the same in several formats counts once in what the
/// vectors of a file have in common.
final class VectorScan {
  private final List<FormatSource> formats;
  private final Optional<NumberType> precision;
  private final IdTable ids;
  private final Findings findings;
  private OptionalInt dimension;
  private final boolean several;
  private int incomplete;

  /// @param dimension the manifest's, else the first vector decides
  /// @param precision the manifest's, else each file decides
  VectorScan(
      List<FormatSource> formats,
      OptionalInt dimension,
      Optional<NumberType> precision,
      IdTable ids,
      Findings findings) {
    this.formats = formats;
    this.several =
        Stream.of(DatasetSet.values())
                .flatMap(set -> formats.stream().map(format -> format.vectorFiles(set)))
                .filter(files -> !files.isEmpty())
                .count()
            > 1;
    this.dimension = dimension;
    this.precision = precision;
    this.ids = ids;
    this.findings = findings;
  }

  /// Reads a set's vectors in a format.
  ///
  /// @param normalised whether all are said to have unit length; empty lets most of them decide
  /// @return how many there are
  long run(int format, DatasetSet set, Optional<Boolean> normalised) throws IOException {
    Reading reading = new Reading(format, set);
    long vectors = formats.get(format).vectors(set, reading::take);
    ShardStatistics.compare(reading.shards, normalised, findings);
    return vectors;
  }

  /// Whether every file was read to its end, so that an id without vector has none.
  boolean complete(int format, DatasetSet set) {
    return (incomplete & Bits.row(format, set)) == 0;
  }

  /// One set of one format.
  private final class Reading {
    private final int format;
    private final DatasetSet set;
    private final Set<String> withRows;
    private final Set<String> otherPrecision = new HashSet<>();
    private final List<ShardStatistics> shards = new ArrayList<>();
    private @Nullable ShardStatistics shard;

    Reading(int format, DatasetSet set) {
      this.format = format;
      this.set = set;
      withRows = Set.copyOf(formats.get(format).rowFiles(set));
    }

    void take(ReadVector read) {
      switch (read) {
        case Flaw flaw -> {
          findings.add(flaw);
          if (flaw.place().row() == 0) {
            incomplete |= Bits.row(format, set);
          } else if (!flaw.id().isEmpty()) {
            ids.see(ids.place(flaw.id()), Bits.vector(format, set));
          }
        }
        case Vector vector -> vector(vector);
      }
    }

    private void vector(Vector vector) {
      if (Ids.isBad(vector.id())) {
        // Where ids stand beside the vectors the rows tell of it.
        return;
      }
      precision(vector);
      int place = ids.place(vector.id());
      int before = ids.seen(place);
      ids.see(place, Bits.vector(format, set));
      if ((before & Bits.vector(format, set)) != 0) {
        if (!withRows.contains(vector.place().file())) {
          findings.add(
              Check.DUPLICATE_ID,
              vector.place(),
              vector.id(),
              "the id has an embedding already; keep one an id");
        }
        return;
      }
      if (sane(vector)) {
        if (!several || isNew(vector, place, before)) {
          statistics(vector);
        }
      }
    }

    private void precision(Vector vector) {
      if (precision.isPresent()
          && precision.get() != vector.type()
          && otherPrecision.add(vector.place().file())) {
        findings.add(
            Check.WRONG_NUMBER_TYPE,
            vector.place().file(),
            "the numbers are %s, not the manifest's %s; write all files by one recipe"
                .formatted(vector.type().key(), precision.get().key()));
      }
    }

    private boolean sane(Vector vector) {
      Embedding values = vector.values();
      if (values.dimension() != dimension.orElse(values.dimension())) {
        findings.add(
            Check.WRONG_DIMENSION,
            vector.place(),
            vector.id(),
            "the vector has %s numbers, not %s; encode all captions with one encoder"
                .formatted(values.dimension(), dimension.getAsInt()));
        return false;
      }
      dimension = OptionalInt.of(values.dimension());
      for (int j = 0; j < values.dimension(); j++) {
        if (!Float.isFinite(values.get(j))) {
          findings.add(
              Check.NOT_FINITE,
              vector.place(),
              vector.id(),
              "the vector has a NaN or an infinity; drop the row or encode it again");
          return false;
        }
      }
      return true;
    }

    /// Whether the vector is another than those of this id that were read before.
    ///
    /// @param before where the id was seen before this vector
    private boolean isNew(Vector vector, int place, int before) {
      Projection projection = Projection.of(vector.values());
      int hash = Hash.of(vector.values());
      Optional<NumberType> type = Bits.typeOf(before);
      if (type.isEmpty()) {
        ids.see(place, Bits.type(vector.type()));
        ids.vectors().put(place, hash);
        ids.projections().put(place, projection.bits());
        return true;
      }
      boolean same =
          type.get() == vector.type()
              ? ids.vectors().get(place) == hash
              : projection.mayBe(ids.projections().get(place), type.get(), vector.type());
      if (!same) {
        findings.add(
            Check.VECTORS_DIFFER,
            vector.place(),
            vector.id(),
            "the vector is not the one that %s has of this id; write all formats at once"
                .formatted(formats.get(Bits.firstVector(before)).name()));
      }
      return !same;
    }

    private void statistics(Vector vector) {
      String file = vector.place().file();
      if (shard == null || !shard.name().equals(file)) {
        shard = new ShardStatistics(file, vector.values().dimension());
        shards.add(shard);
      }
      shard.add(vector.place().row(), vector.id(), vector.values());
    }
  }
}
