package dev.alicorn.bench.load;

import dev.alicorn.bench.measure.Row;
import dev.alicorn.bench.measure.Scratch;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// The heap that a call in flight takes while it waits for an endpoint that answers late.
final class CallsInFlight {
  static final String REMARK =
      "in_flight_2000: 2,000 calls in flight at an endpoint that answers after 500 ms; heap_kb_per_call is the live heap after a full collection in the midst of the job less that before it, by the calls in flight: the median of what was seen.";

  private static final int IN_FLIGHT = 2_000;
  private static final int CALLS = 20_000;
  private static final int COLLECTION_EVERY_LOOKS = 40;
  private static final int CALLS_SETTLED_MIN = 2 * IN_FLIGHT;

  private CallsInFlight() {}

  static Row measured() throws Exception {
    List<Double> kilobytes = new ArrayList<>();
    try (Scratch scratch = Scratch.create("in-flight");
        EndpointProcess endpoint =
            EndpointProcess.start(List.of("--instant", "--latency-ms", "500"));
        LoadedEngine engine = CaptionJob.engine(scratch.folder(), endpoint, CALLS, IN_FLIGHT)) {
      long idle = liveBytes();
      int[] looks = new int[1];
      long start = System.nanoTime();
      RunningJob job = engine.start("slow");
      job.untilSettled(
          CALLS,
          status -> {
            long settled = status.progress().captionsSettled();
            boolean steady = settled > CALLS_SETTLED_MIN && settled < CALLS - IN_FLIGHT;
            if (steady && looks[0]++ % COLLECTION_EVERY_LOOKS == 0) {
              kilobytes.add((liveBytes() - idle) / 1e3 / IN_FLIGHT);
            }
          });
      double seconds = (System.nanoTime() - start) / 1e9;
      CaptionJob.requireAll(job.completed(), CALLS);
      Collections.sort(kilobytes);
      return Row.of("in_flight_2000", "median_calls_per_s", CALLS / seconds)
          .and("heap_kb_per_call", kilobytes.get(kilobytes.size() / 2));
    }
  }

  private static long liveBytes() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
