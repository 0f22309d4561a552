package dev.alicorn.engine.llm;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Whose turn it is at one endpoint, of the flows that have a call waiting for it: jobs take turns
/// by their weights, and then the steps of the job whose turn it is take turns as equals.
///
/// Each endpoint has its own: what a job gets elsewhere is not held against it here.
final class FlowTurns {
  private final FairTurns<String> jobs = new FairTurns<>();
  private final Map<String, FairTurns<CallFlow>> stepsOfJob = new HashMap<>();

  void join(CallFlow flow) {
    jobs.join(flow.job(), flow.weight());
    stepsOfJob.computeIfAbsent(flow.job(), _ -> new FairTurns<>()).join(flow, 1);
  }

  void leave(CallFlow flow) {
    FairTurns<CallFlow> steps = steps(flow.job());
    steps.leave(flow);
    if (steps.next(_ -> true) == null) {
      stepsOfJob.remove(flow.job());
      jobs.leave(flow.job());
    }
  }

  /// The flow whose turn it is; null if none waits.
  @Nullable CallFlow next() {
    String job = jobs.next(_ -> true);
    return job == null ? null : steps(job).next(_ -> true);
  }

  /// The flow takes its turn.
  void serve(CallFlow flow) {
    jobs.serve(flow.job());
    steps(flow.job()).serve(flow);
  }

  private FairTurns<CallFlow> steps(String job) {
    FairTurns<CallFlow> steps = stepsOfJob.get(job);
    if (steps == null) {
      throw new IllegalStateException("no call of job " + job + " waits");
    }
    return steps;
  }
}
