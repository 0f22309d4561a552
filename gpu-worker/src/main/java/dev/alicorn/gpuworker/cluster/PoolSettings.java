package dev.alicorn.gpuworker.cluster;

/// How a pool runs.
///
/// @param encoder the name that its workers join under
/// @param howToStart a worker: an imperative sentence without its full stop
/// @param startedByHand whether it takes somebody who reads that sentence
/// @param batchesMax that it owes answers for at a time
/// @param answerSecondsMax until a part is sent again
/// @param workerSecondsMax that whoever opens it waits for the first worker
/// @param workerlessSecondsMax that batches wait while there is none
public record PoolSettings(
    String encoder,
    String howToStart,
    boolean startedByHand,
    int batchesMax,
    int answerSecondsMax,
    int workerSecondsMax,
    int workerlessSecondsMax) {
  /// A pool whose workers start by themselves: room for the batches of 64 jobs; ten minutes for an
  /// answer, and without a worker.
  public static PoolSettings of(String encoder, String howToStart, int workerSecondsMax) {
    return new PoolSettings(encoder, howToStart, false, 4096, 600, workerSecondsMax, 600);
  }

  /// The same for workers that somebody starts.
  public static PoolSettings byHand(String encoder, String howToStart, int workerSecondsMax) {
    return new PoolSettings(encoder, howToStart, true, 4096, 600, workerSecondsMax, 600);
  }
}
