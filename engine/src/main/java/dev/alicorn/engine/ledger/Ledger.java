package dev.alicorn.engine.ledger;

import dev.alicorn.engine.judge.Account;
import dev.alicorn.engine.judge.Bindings;
import dev.alicorn.protocol.JournalEvent.CallEvent;
import dev.alicorn.protocol.JournalEvent.CallStarted;
import dev.alicorn.protocol.RecordId;
import dev.alicorn.protocol.Stage;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/// The ledger of a job: the facts of its calls, folded by stage as they come.
///
/// A journal that is folded from its start gives the ledger that the job had, however often it was
/// killed and taken up again. What it cannot show is a call that was in flight at a kill and whose
/// intent was not kept; with `repeat = never` every intent is, and one without an answer counts as
/// a call of unknown outcome.
///
/// It holds the intents that are unanswered, which are no more than the calls that were in flight
/// at kills. Not for use by several threads.
public final class Ledger {
  private final Bindings bindings;
  private final Map<Stage, Account> accounts;
  private final Set<Call> unanswered;

  /// What facts of calls belong to: a record's stage.
  public record Call(RecordId record, Stage stage) {
    public static Call of(CallEvent fact) {
      return new Call(fact.record(), fact.stage());
    }
  }

  /// What has been folded so far, for keeping.
  ///
  /// @param accounts in the order in which their stages first called
  /// @param unanswered the intents that no answer followed
  public record State(Map<Stage, Account> accounts, Set<Call> unanswered) {
    public static final State EMPTY = new State(Map.of(), Set.of());
  }

  /// @param bindings what the endpoints' names stand for
  public Ledger(Bindings bindings) {
    this(bindings, State.EMPTY);
  }

  /// A ledger that goes on where another one was.
  public Ledger(Bindings bindings, State state) {
    this.bindings = bindings;
    this.accounts = new LinkedHashMap<>(state.accounts());
    this.unanswered = new HashSet<>(state.unanswered());
  }

  /// What is folded now; valid until the next fact.
  public State state() {
    return new State(accounts, unanswered);
  }

  public void add(CallEvent fact) {
    Call call = Call.of(fact);
    if (fact instanceof CallStarted) {
      unanswered.add(call);
    } else {
      unanswered.remove(call);
      accounts.merge(fact.stage(), Account.of(fact, bindings), Account::plus);
    }
  }

  /// The sum of all stages.
  public Account total() {
    return statement().total();
  }

  /// How it stands now.
  public Statement statement() {
    Map<Stage, Account> all = new LinkedHashMap<>(accounts);
    unanswered.forEach(call -> all.merge(call.stage(), Account.UNANSWERED, Account::plus));
    return new Statement(all);
  }
}
