package dev.alicorn.engine.dataset.read;

import dev.alicorn.engine.dataset.read.TarSamples.Sample;
import dev.alicorn.engine.format.Fault;
import java.util.LinkedHashMap;
import java.util.Objects;
import java.util.function.Consumer;

/// The samples of a tar that lack a member, until it turns up elsewhere.
///
/// A conversation without a vector is no flaw here, since a reader of the vectors misses it.
final class TarPieces {
  private static final int WAITING_MAX = 1000;

  private final String name;
  private final Consumer<ReadRow> sink;
  private final LinkedHashMap<String, Sample> waiting = new LinkedHashMap<>();

  /// @param name the tar's in its folder
  TarPieces(String name, Consumer<ReadRow> sink) {
    this.name = name;
    this.sink = sink;
  }

  void add(Sample sample) {
    Place place = new Place(name, sample.number());
    if (!sample.misnamed().isEmpty()) {
      sink.accept(
          new Flaw(
              place,
              "",
              Fault.BAD_KEY,
              sample.misnamed().getFirst()
                  + " has a dot in its key, where readers cut it; name the row's members without"));
      return;
    }
    Sample before = waiting.remove(sample.key());
    if (before != null
        && (before.json().isPresent() != sample.json().isPresent())
        && (before.npy().isPresent() != sample.npy().isPresent())) {
      sink.accept(
          new Flaw(
              place,
              sample.key(),
              Fault.MEMBERS_APART,
              "its members do not lie side by side, so readers take them for two rows; write"
                  + " KEY.json and KEY.npy in turn"));
    } else if (sample.json().isEmpty() != sample.npy().isEmpty()) {
      waiting.put(sample.key(), sample);
      if (waiting.size() > WAITING_MAX) {
        missing(Objects.requireNonNull(waiting.pollFirstEntry()).getValue());
      }
    }
  }

  /// After the last sample.
  void finish() {
    waiting.values().forEach(this::missing);
  }

  private void missing(Sample sample) {
    if (sample.json().isEmpty()) {
      sink.accept(
          new Flaw(
              new Place(name, sample.number()),
              sample.key(),
              Fault.MEMBER_MISSING,
              "the vector's conversation is missing; write " + sample.key() + ".json before it"));
    }
  }
}
