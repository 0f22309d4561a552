package dev.alicorn.engine.llm;

/// Whose calls wait in one line: those of one step of one job.
///
/// Jobs that wait for the same endpoint get calls in proportion to their weights; the steps of a
/// job that wait for it take turns, so that an instruction waits behind no more than one caption of
/// its job.
///
/// @param weight the job's, from 1 on
/// @param team who serves the calls
public record CallFlow(String job, int weight, String step, Team team) {
  public CallFlow {
    if (weight < 1) {
      throw new IllegalArgumentException("weight: at least 1, not " + weight);
    }
  }
}
