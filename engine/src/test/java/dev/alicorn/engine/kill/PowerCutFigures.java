package dev.alicorn.engine.kill;

/// What failures of the power cost jobs; figures of several jobs add up.
///
/// @param costs as of kills
/// @param inExport failures while a dataset was being written
public record PowerCutFigures(KillFigures costs, long inExport) {
  public static final PowerCutFigures NONE = new PowerCutFigures(KillFigures.NONE, 0);

  public PowerCutFigures plus(PowerCutFigures other) {
    return new PowerCutFigures(costs.plus(other.costs), inExport + other.inExport);
  }
}
