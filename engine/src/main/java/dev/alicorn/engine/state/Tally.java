package dev.alicorn.engine.state;

import dev.alicorn.protocol.TaskName;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/// The counts of a job, by outcome.
///
/// Not for use by several threads.
public final class Tally {
  private long seeds;
  private long seedsRefused;
  private boolean sealed;
  private long captionsAccepted;
  private long captionsLost;
  private long embedded;
  private long embeddingsLost;
  private long samplesLost;
  private final Map<String, Long> samplesAccepted = new TreeMap<>();
  private final Map<String, Long> losses = new TreeMap<>();

  /// @param ordinal of the newest seed
  void seeds(long ordinal) {
    seeds = Math.max(seeds, ordinal);
  }

  public long seeds() {
    return seeds;
  }

  public void seedRefused() {
    seedsRefused++;
  }

  /// No seed follows.
  public void seal() {
    sealed = true;
  }

  public boolean isSealed() {
    return sealed;
  }

  void captionAccepted() {
    captionsAccepted++;
  }

  /// @param why it was lost, such as `rejected: too_long`
  void captionLost(String why) {
    captionsLost++;
    lost("caption " + why);
  }

  void embedded() {
    embedded++;
  }

  void embeddingLost() {
    embeddingsLost++;
    lost("embedding failed");
  }

  void sampleAccepted(TaskName task) {
    samplesAccepted.merge(task.key(), 1L, Long::sum);
  }

  void sampleLost(TaskName task, String why) {
    samplesLost++;
    lost(task.key() + " " + why);
  }

  private void lost(String reason) {
    losses.merge(reason, 1L, Long::sum);
  }

  /// The counts as they are now.
  public JobProgress snapshot(Map<TaskName, Long> wanted) {
    Map<TaskName, Long> accepted = new TreeMap<>();
    samplesAccepted.forEach((task, count) -> accepted.put(new TaskName(task), count));
    return new JobProgress(
        seeds,
        seedsRefused,
        sealed,
        captionsAccepted,
        captionsLost,
        embedded,
        embeddingsLost,
        wanted,
        Collections.unmodifiableMap(accepted),
        samplesLost,
        Collections.unmodifiableMap(new TreeMap<>(losses)));
  }

  void write(DataOutput out) throws IOException {
    out.writeLong(seeds);
    out.writeLong(seedsRefused);
    out.writeBoolean(sealed);
    out.writeLong(captionsAccepted);
    out.writeLong(captionsLost);
    out.writeLong(embedded);
    out.writeLong(embeddingsLost);
    out.writeLong(samplesLost);
    write(samplesAccepted, out);
    write(losses, out);
  }

  static Tally read(DataInput in) throws IOException {
    Tally tally = new Tally();
    tally.seeds = in.readLong();
    tally.seedsRefused = in.readLong();
    tally.sealed = in.readBoolean();
    tally.captionsAccepted = in.readLong();
    tally.captionsLost = in.readLong();
    tally.embedded = in.readLong();
    tally.embeddingsLost = in.readLong();
    tally.samplesLost = in.readLong();
    read(in, tally.samplesAccepted);
    read(in, tally.losses);
    return tally;
  }

  private static void write(Map<String, Long> counts, DataOutput out) throws IOException {
    out.writeInt(counts.size());
    for (Map.Entry<String, Long> count : counts.entrySet()) {
      out.writeUTF(count.getKey());
      out.writeLong(count.getValue());
    }
  }

  private static void read(DataInput in, Map<String, Long> counts) throws IOException {
    for (int left = in.readInt(); left > 0; left--) {
      counts.put(in.readUTF(), in.readLong());
    }
  }
}
