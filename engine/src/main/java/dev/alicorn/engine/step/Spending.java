package dev.alicorn.engine.step;

import dev.alicorn.engine.ledger.Ledger;
import dev.alicorn.engine.ledger.Statement;
import dev.alicorn.protocol.JobSpec.Budget;
import dev.alicorn.protocol.JournalEvent.CallEvent;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// What a job has spent, and its caps: the one gate that each of its calls passes before it is put
/// to an endpoint, whichever that is.
///
/// A call reserves the most that it is expected to cost and gives that back when it settles, so
/// that what is settled and what is in flight never pass a cap together: calls not at all, tokens
/// and money by no more than calls in flight cost above what was expected of them. A call that
/// would pass a cap only together with others waits until one of them settles, first come first
/// served; one that would pass it by itself is refused. Whoever waits has others before it that
/// settle, so that each is answered.
///
/// Thread-safe.
public final class Spending {
  private static final CompletionStage<Optional<String>> GRANTED =
      CompletableFuture.completedStage(Optional.empty());

  private final Caps caps;
  private final Ledger ledger;
  private final Deque<Waiter> waiters = new ArrayDeque<>();
  private Cost reserved = Cost.NOTHING;

  private record Waiter(Cost most, CompletableFuture<Optional<String>> answer) {}

  /// @param ledger what the job has spent before, which is this one's to go on with
  public Spending(Budget budget, Ledger ledger) {
    this.caps = new Caps(budget);
    this.ledger = ledger;
  }

  public synchronized Statement statement() {
    return ledger.statement();
  }

  /// Reserves what a call may cost: empty when it may be made, else why it may not, as a sentence.
  CompletionStage<Optional<String>> reserve(Cost most) {
    if (!caps.any()) {
      return GRANTED;
    }
    Waiter waiter = new Waiter(most, new CompletableFuture<>());
    synchronized (this) {
      waiters.add(waiter);
    }
    answerWaiters();
    return waiter.answer();
  }

  /// Counts what a call came to, in the place of its reservation.
  void settle(Cost most, CallEvent fact) {
    synchronized (this) {
      ledger.add(fact);
    }
    release(most);
  }

  /// Gives a reservation back.
  void release(Cost most) {
    if (caps.any()) {
      synchronized (this) {
        reserved = reserved.minus(most);
      }
      answerWaiters();
    }
  }

  /// Answers those that there is an answer for, outside the monitor, since their calls follow.
  private void answerWaiters() {
    List<Runnable> answers = new ArrayList<>();
    synchronized (this) {
      Cost spent = waiters.isEmpty() ? Cost.NOTHING : Cost.of(ledger.total());
      for (Waiter next = waiters.peek(); next != null; next = waiters.peek()) {
        CompletableFuture<Optional<String>> answer = next.answer();
        Optional<String> reached = caps.reached(spent, next.most());
        if (reached.isEmpty()) {
          Cost claimed = reserved.plus(next.most());
          if (!caps.allow(spent.plus(claimed))) {
            break;
          }
          reserved = claimed;
        }
        answers.add(() -> answer.complete(reached));
        waiters.remove();
      }
    }
    answers.forEach(Runnable::run);
  }
}
