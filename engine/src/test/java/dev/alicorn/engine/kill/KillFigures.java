package dev.alicorn.engine.kill;

/// What kills cost; figures of several jobs add up.
///
/// @param atRandom kills at some moment of the work
/// @param atFailpoints kills at named points of the work
/// @param inRecovery kills while a journal was read back, at named points or not
/// @param nested of those in recovery, the ones that followed another in recovery
/// @param withNever kills of jobs of `repeat = never`
/// @param acknowledged facts that a barrier had covered
/// @param lost of these, the ones that are not there or are others
/// @param duplicates calls asked again though a usable reply was journaled
/// @param repeats calls asked again since no reply was journaled
/// @param repeatsMost the most that one kill has cost
/// @param repeatsAllowed calls in flight and records of a group commit
/// @param neverRepeats calls asked again with `repeat = never`
/// @param parked rows parked with `repeat = never`
/// @param unlisted rows of unknown outcome that are not parked, or parked ones that are known
/// @param unaccounted seeds that are not exported, rejected, failed or parked
/// @param jobs completed
/// @param differing of these, the ones whose dataset is not that of an undisturbed run
public record KillFigures(
    long atRandom,
    long atFailpoints,
    long inRecovery,
    long nested,
    long withNever,
    long acknowledged,
    long lost,
    long duplicates,
    long repeats,
    long repeatsMost,
    long repeatsAllowed,
    long neverRepeats,
    long parked,
    long unlisted,
    long unaccounted,
    long jobs,
    long differing) {
  public static final KillFigures NONE =
      new KillFigures(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

  /// One kill.
  ///
  /// @param recovery whether it was meant for the time in which the journal is read back
  /// @param recoveryBefore whether the kill before was one in recovery
  static KillFigures ofKill(
      boolean atFailpoint, boolean recovery, boolean recoveryBefore, boolean never, long allowed) {
    return new KillFigures(
        !recovery && !atFailpoint ? 1 : 0,
        !recovery && atFailpoint ? 1 : 0,
        recovery ? 1 : 0,
        recovery && recoveryBefore ? 1 : 0,
        never ? 1 : 0,
        0,
        0,
        0,
        0,
        0,
        allowed,
        0,
        0,
        0,
        0,
        0,
        0);
  }

  /// What one process has left.
  static KillFigures ofStock(long lost, long repeats) {
    return new KillFigures(0, 0, 0, 0, 0, 0, lost, 0, repeats, repeats, 0, 0, 0, 0, 0, 0, 0);
  }

  /// What is known of a completed job alone.
  static KillFigures ofJob(
      long acknowledged,
      long duplicates,
      long neverRepeats,
      long parked,
      long unlisted,
      long unaccounted,
      boolean same) {
    return new KillFigures(
        0,
        0,
        0,
        0,
        0,
        acknowledged,
        0,
        duplicates,
        0,
        0,
        0,
        neverRepeats,
        parked,
        unlisted,
        unaccounted,
        1,
        same ? 0 : 1);
  }

  public long kills() {
    return atRandom + atFailpoints + inRecovery;
  }

  /// Whether all promises were kept.
  public boolean good() {
    return lost == 0
        && duplicates == 0
        && repeatsMost <= repeatsAllowed
        && neverRepeats == 0
        && unlisted == 0
        && unaccounted == 0
        && differing == 0;
  }

  public KillFigures plus(KillFigures other) {
    return new KillFigures(
        atRandom + other.atRandom,
        atFailpoints + other.atFailpoints,
        inRecovery + other.inRecovery,
        nested + other.nested,
        withNever + other.withNever,
        acknowledged + other.acknowledged,
        lost + other.lost,
        duplicates + other.duplicates,
        repeats + other.repeats,
        Math.max(repeatsMost, other.repeatsMost),
        Math.max(repeatsAllowed, other.repeatsAllowed),
        neverRepeats + other.neverRepeats,
        parked + other.parked,
        unlisted + other.unlisted,
        unaccounted + other.unaccounted,
        jobs + other.jobs,
        differing + other.differing);
  }
}
