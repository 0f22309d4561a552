package dev.alicorn.engine.kill;

import dev.alicorn.engine.scripted.CallLedger;
import dev.alicorn.protocol.ContentHash;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What the kills of one job cost: its journal after each process, held against the endpoint's
/// ledger and against what the process had said to be durable.
final class KillAccount {
  private final JobShape shape;
  private final int barrierRecords;
  private final CallLedger endpoint;
  private final List<Stand> stands = new ArrayList<>();
  private List<ContentHash> facts = List.of();
  private long acknowledged;
  private long unanswered;
  private boolean recoveryBefore;
  private KillFigures figures = KillFigures.NONE;

  /// What stood when a process had ended.
  ///
  /// @param requests how often each call had been requested
  private record Stand(Map<String, Integer> requests, int replied) {
    /// Calls that were requested again later.
    long askedAgain(Map<String, CallLedger.Call> calls) {
      return calls.entrySet().stream()
          .filter(call ->
              requests.containsKey(call.getKey())
                  && call.getValue().requests() > requests.get(call.getKey()))
          .count();
    }
  }

  /// @param barrierRecords of one group commit
  KillAccount(JobShape shape, int barrierRecords, CallLedger endpoint) {
    this.shape = shape;
    this.barrierRecords = barrierRecords;
    this.endpoint = endpoint;
  }

  void killed(Kill kill) {
    killed(kill instanceof Kill.AtFailpoint, kill.inRecovery());
  }

  /// The machine's power has failed, at a moment of chance.
  ///
  /// @param inRecovery whether the journal was being read back
  void cutOff(boolean inRecovery) {
    killed(false, inRecovery);
  }

  private void killed(boolean atFailpoint, boolean inRecovery) {
    long allowed = (long) shape.inFlightMax() + barrierRecords;
    figures =
        figures.plus(
            KillFigures.ofKill(atFailpoint, inRecovery, recoveryBefore, shape.never(), allowed));
    recoveryBefore = inRecovery;
  }

  /// Takes in what a process has left.
  ///
  /// @param durableSeq the last seq that it had said to be durable
  void stock(JournalFold journal, long durableSeq) {
    acknowledged = Math.max(acknowledged, durableSeq);
    long lost = journal.lost(facts, acknowledged);
    facts = journal.facts();
    long unansweredNow = endpoint.requests() - journal.attempts();
    long repeats = shape.never() ? 0 : unansweredNow - unanswered;
    unanswered = unansweredNow;
    figures = figures.plus(KillFigures.ofStock(lost, repeats));
    Map<String, Integer> requests = new HashMap<>();
    endpoint.calls().forEach((key, call) -> requests.put(key, call.requests()));
    stands.add(new Stand(requests, journal.replies().size()));
  }

  /// All of it, when the job is completed.
  ///
  /// @param same whether it has made what an undisturbed run makes
  KillFigures ofCompleted(JournalFold journal, Outcomes outcomes, boolean same) {
    Map<String, CallLedger.Call> calls = endpoint.calls();
    long again = calls.values().stream().mapToLong(call -> call.requests() - 1L).sum();
    return figures.plus(
        KillFigures.ofJob(
            acknowledged,
            duplicates(journal, calls),
            shape.never() ? again : 0,
            outcomes.parked(),
            Math.abs(outcomes.parked() - journal.unknown()),
            Math.abs(shape.seeds() - outcomes.captions()),
            same));
  }

  /// Of the calls that had been made when a process ended, exactly those without a journaled reply
  /// are made again, and none with `repeat = never`.
  private long duplicates(JournalFold journal, Map<String, CallLedger.Call> calls) {
    long duplicates = shape.never() ? 0 : Math.max(0, journal.attempts() - calls.size());
    for (Stand stand : stands) {
      long owed = shape.never() ? 0 : stand.requests().size() - stand.replied();
      duplicates = Math.max(duplicates, Math.abs(stand.askedAgain(calls) - owed));
    }
    return duplicates;
  }
}
