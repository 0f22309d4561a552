package dev.alicorn.engine.validate;

import dev.alicorn.engine.dataset.DatasetSet;
import dev.alicorn.engine.dataset.read.Flaw;
import dev.alicorn.engine.dataset.read.FormatSource;
import dev.alicorn.engine.dataset.read.Ids;
import dev.alicorn.engine.dataset.read.ReadRow;
import dev.alicorn.engine.dataset.read.Row;
import dev.alicorn.engine.format.Fault;
import dev.alicorn.engine.validate.IdTable.Hashes;
import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// The reading of a dataset's rows, format by format: each by itself, and against those of its id
/// that were read before. A conversation that is the same in several formats is checked once.
final class RowScan {
  /// What a row comes with all the same.
  private static final Set<Fault> BESIDE = EnumSet.of(Fault.NOT_ASCII, Fault.MEMBERS_APART);

  /// What a row is missing for whose id is known.
  private static final Set<Fault> INSTEAD =
      EnumSet.of(Fault.MALFORMED_ROW, Fault.NULL_VALUE, Fault.MALFORMED_JSON);

  private final List<FormatSource> formats;
  private final VectorScan vectors;
  private final IdTable ids;
  private final Findings findings;
  private int incomplete;

  /// @param vectors which were read before
  RowScan(List<FormatSource> formats, VectorScan vectors, IdTable ids, Findings findings) {
    this.formats = formats;
    this.vectors = vectors;
    this.ids = ids;
    this.findings = findings;
  }

  /// Reads a set's rows in a format.
  ///
  /// @return how many there are
  long run(int format, DatasetSet set) throws IOException {
    return formats.get(format).rows(set, new Reading(format, set)::take);
  }

  /// Whether every row was read, so that an id without row has none.
  boolean complete(int format, DatasetSet set) {
    return (incomplete & Bits.row(format, set)) == 0;
  }

  /// The first format that has a set; the number of formats where none has.
  int reference(DatasetSet set) {
    int format = 0;
    while (format < formats.size() && formats.get(format).rowFiles(set).isEmpty()) {
      format++;
    }
    return format;
  }

  /// Tells of the rows of the reference that later formats have not.
  void compareIds(DatasetSet set) throws IOException {
    int reference = reference(set);
    for (int format = reference + 1; format < formats.size(); format++) {
      int here = Bits.row(reference, set);
      int there = Bits.row(format, set);
      if (!formats.get(format).rowFiles(set).isEmpty()
          && complete(reference, set)
          && complete(format, set)
          && ids.count(here, there) > 0) {
        String name = formats.get(format).name();
        formats
            .get(reference)
            .rows(
                set,
                read -> {
                  if (read instanceof Row row
                      && ids.find(row.id()).stream()
                          .anyMatch(place -> (ids.seen(place) & there) == 0)) {
                    findings.add(Check.IDS_DIFFER, row.place(), row.id(), noRow(name));
                  }
                });
      }
    }
  }

  private static String noRow(String format) {
    return format + " has no row of this id; write all formats at once";
  }

  /// One set of one format.
  private final class Reading {
    private final int format;
    private final DatasetSet set;
    private final int needed;
    private final String neededOf;
    private final boolean captionsKnown;
    private final int reference;

    Reading(int format, DatasetSet set) {
      this.format = format;
      this.set = set;
      needed = needed();
      neededOf = needed == Bits.anyVector() ? "the folder" : formats.get(format).name();
      captionsKnown =
          set == DatasetSet.INSTRUCT
              && !formats.get(format).rowFiles(DatasetSet.PRETRAIN).isEmpty()
              && complete(format, DatasetSet.PRETRAIN);
      int first = reference(set);
      reference = first < format && complete(first, set) ? Bits.row(first, set) : 0;
    }

    /// The vectors of which a row must have one: its format's, else any; none where they are not
    /// all known.
    private int needed() {
      for (DatasetSet of : List.of(set, DatasetSet.PRETRAIN)) {
        if (!formats.get(format).vectorFiles(of).isEmpty()) {
          return vectors.complete(format, of) ? Bits.vector(format, of) : 0;
        }
      }
      boolean any = false;
      for (int other = 0; other < formats.size(); other++) {
        if (!formats.get(other).vectorFiles(DatasetSet.PRETRAIN).isEmpty()) {
          any = true;
          if (!vectors.complete(other, DatasetSet.PRETRAIN)) {
            return 0;
          }
        }
      }
      return any ? Bits.anyVector() : 0;
    }

    void take(ReadRow read) {
      switch (read) {
        case Flaw flaw -> flaw(flaw);
        case Row row -> row(row);
      }
    }

    private void flaw(Flaw flaw) {
      findings.add(flaw);
      if (BESIDE.contains(flaw.fault())) {
        return;
      }
      if (!INSTEAD.contains(flaw.fault()) || flaw.id().isEmpty()) {
        incomplete |= Bits.row(format, set);
      } else {
        ids.see(ids.place(flaw.id()), Bits.row(format, set));
      }
    }

    private void row(Row row) {
      boolean isNew = true;
      if (Ids.isBad(row.id())) {
        findings.add(Check.BAD_ID, row.place(), row.id(), Ids.MEND);
        incomplete |= Bits.row(format, set);
      } else {
        isNew = id(row);
      }
      if (isNew && !row.conversation().isEmpty()) {
        ConversationCheck.check(
            row.conversation(),
            set == DatasetSet.PRETRAIN,
            (check, message) -> findings.add(check, row.place(), row.id(), message));
      }
    }

    /// Whether the conversation is another than those of this id that were read before.
    private boolean id(Row row) {
      int place = ids.place(row.id());
      int before = ids.seen(place);
      ids.see(place, Bits.row(format, set));
      if ((before & Bits.row(format, set)) != 0) {
        findings.add(
            Check.DUPLICATE_ID,
            row.place(),
            row.id(),
            "the id was there before; keep one row an id");
        return true;
      }
      if (needed != 0 && (before & needed) == 0) {
        findings.add(
            Check.NO_EMBEDDING,
            row.place(),
            row.id(),
            "no embedding in " + neededOf + " has this id; drop the row or encode its caption");
      } else if (captionsKnown && (before & Bits.row(format, DatasetSet.PRETRAIN)) == 0) {
        findings.add(
            Check.NO_CAPTION,
            row.place(),
            row.id(),
            "the pretrain set has no caption of this id; drop the row or add its caption");
      } else if (reference != 0 && (before & reference) == 0) {
        findings.add(
            Check.IDS_DIFFER, row.place(), row.id(), noRow(formats.get(reference(set)).name()));
      }
      return compare(row, place, before);
    }

    private boolean compare(Row row, int place, int before) {
      int caption =
          set == DatasetSet.PRETRAIN && row.caption().isPresent()
              ? Hash.of(row.caption().get())
              : 0;
      int turns = row.conversation().isEmpty() ? 0 : Hash.of(row.conversation());
      boolean sameCaption = sameOrNew(ids.captions(), place, caption);
      int known = ids.conversations(set).get(place);
      boolean sameTurns = sameOrNew(ids.conversations(set), place, turns);
      if (!sameCaption || !sameTurns) {
        findings.add(
            Check.TEXTS_DIFFER,
            row.place(),
            row.id(),
            "the %s is not the one that %s has of this id; write all formats at once"
                .formatted(
                    sameTurns ? "caption" : "conversation",
                    formats.get(Bits.firstRow(before, set)).name()));
      }
      return known == 0 || known != turns;
    }

    private static boolean sameOrNew(Hashes column, int place, int hash) {
      int known = column.get(place);
      if (known == 0) {
        column.put(place, hash);
      }
      return known == 0 || hash == 0 || known == hash;
    }
  }
}
