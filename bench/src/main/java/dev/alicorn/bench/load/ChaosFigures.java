package dev.alicorn.bench.load;

import dev.alicorn.bench.measure.Row;
import java.util.Map;
import java.util.TreeMap;

/// What became of calls to an endpoint that fails many of them; figures of several runs add up.
///
/// @param needed rows exported, a completion each
/// @param requests attempts in the job's journal
/// @param billed completions, by the endpoint's own ledger
/// @param retried requests after the first for the same row
/// @param faults requests that gave no usable reply, by cause
/// @param requestsOff how many more requests the journal has than the endpoint
/// @param completionsOff the same in completions
/// @param tokensOff the same in tokens, in and out added up
/// @param failed rows that failed for good, and are counted as such
/// @param lost rows that are accounted for nowhere
/// @param duplicates answers that were paid for though there was one
record ChaosFigures(
    long needed,
    long requests,
    long billed,
    long retried,
    Map<String, Long> faults,
    long requestsOff,
    long completionsOff,
    long tokensOff,
    long failed,
    long lost,
    long duplicates,
    double wallSeconds) {

  ChaosFigures {
    faults = Map.copyOf(faults);
  }

  ChaosFigures plus(ChaosFigures other) {
    Map<String, Long> bothFaults = new TreeMap<>(faults);
    other.faults.forEach((cause, count) -> bothFaults.merge(cause, count, Long::sum));
    return new ChaosFigures(
        needed + other.needed,
        requests + other.requests,
        billed + other.billed,
        retried + other.retried,
        bothFaults,
        requestsOff + other.requestsOff,
        completionsOff + other.completionsOff,
        tokensOff + other.tokensOff,
        failed + other.failed,
        lost + other.lost,
        duplicates + other.duplicates,
        wallSeconds + other.wallSeconds);
  }

  /// Whether both know the same bill, and the journal every request that the endpoint read. It may
  /// list more, of unknown outcome: a connection can end while a request is on its way.
  boolean ledgersAgree() {
    return requestsOff >= 0 && completionsOff == 0 && tokensOff == 0;
  }

  double amplification() {
    return billed / (double) needed;
  }

  double faultyShare() {
    return faults.values().stream().mapToLong(Long::longValue).sum() / (double) requests;
  }

  Row row(String name) {
    return Row.of(name, "needed_calls", (double) needed)
        .and("requests", (double) requests)
        .and("billed_calls", (double) billed)
        .and("amplification_ratio", amplification())
        .and("faulty_ratio", faultyShare())
        .and("retried_ratio", retried / (double) requests)
        .and("off_requests", (double) requestsOff)
        .and("off_calls", (double) completionsOff)
        .and("off_tokens", (double) tokensOff)
        .and("failed_rows", (double) failed)
        .and("lost_rows", (double) lost)
        .and("duplicate_calls", (double) duplicates)
        .and("wall_s", wallSeconds);
  }
}
