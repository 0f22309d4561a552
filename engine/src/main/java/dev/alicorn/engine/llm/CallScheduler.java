package dev.alicorn.engine.llm;

import dev.alicorn.protocol.JournalEvent.PauseReason;
import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/// Decides which call is made when, and where: the limits of some endpoints, and the calls that
/// wait for them.
///
/// It is told what happens and when, and answers wishes as soon as they can be answered; there is
/// no clock and no thread in it, and the same events at the same times have the same answers. After
/// each event it makes one pass over who waits. Retries go first, in the order in which their
/// backoff ends; one that follows an error of the server goes within the retry budget of the
/// endpoint that takes it. Then each endpoint takes first tries, in the order of its [FlowTurns].
/// An endpoint that makes a call wait takes no other behind it in that pass, so that a call that
/// needs much is not overtaken for good.
///
/// A wish waits for its team, not for one endpoint: one whose breaker is open or that is out is
/// passed over, and when all of a team are out, whoever waits for it is refused.
final class CallScheduler {
  private static final long BACKOFF_NANOS_MIN = Duration.ofSeconds(1).toNanos();
  private static final long BACKOFF_NANOS_MAX = Duration.ofSeconds(60).toNanos();
  private static final int BACKOFF_DOUBLINGS_MAX = 6;

  private final RandomGenerator random;
  private final SequencedMap<String, Member> members = new LinkedHashMap<>();
  private final Map<Team, Roster> rosters = new HashMap<>();
  private final CallQueue firsts = new CallQueue();
  private final NavigableSet<Waiter> retries = new TreeSet<>();
  private long arrivals;
  private long pass;
  private long wakeAt = Long.MAX_VALUE;
  private Optional<Decision.Wait> backoff = Optional.empty();

  CallScheduler(List<EndpointSettings> endpoints, RandomGenerator random, long now) {
    this.random = random;
    for (EndpointSettings endpoint : endpoints) {
      Limits limits = new Limits(LimitSettings.of(endpoint), random, now);
      members.put(endpoint.name(), new Member(endpoint.name(), endpoint.weight(), limits));
    }
  }

  /// When it wants to be woken, if nothing happens until then; `Long.MAX_VALUE` for never.
  long wakeAt() {
    return wakeAt;
  }

  /// Somebody wishes to make a call.
  void ask(Wish wish, long now) {
    Roster roster = rosters.computeIfAbsent(wish.flow().team(), this::roster);
    Waiter waiter = new Waiter(wish, roster, now + backoff(wish.turn()), arrivals++);
    if (wish.turn().retry()) {
      retries.add(waiter);
    } else {
      firsts.add(waiter);
    }
    letThrough(now);
  }

  /// A call has ended.
  ///
  /// @param billed tokens that it was billed for; empty where it is not known
  /// @return why its endpoint is out, if this has put it out
  Optional<String> settle(
      String endpoint, long call, LlmAnswer.Attempt attempt, Optional<Tokens> billed, long now) {
    Member member = member(endpoint);
    member.count(attempt);
    Limits limits = member.limits();
    boolean wasOut = limits.out().isPresent();
    limits.settle(call, attempt, billed, now);
    Optional<String> out = wasOut ? Optional.empty() : limits.out();
    letThrough(now);
    return out;
  }

  /// A call that was let through is not made after all.
  void drop(String endpoint, long call, long now) {
    member(endpoint).limits().drop(call, now);
    letThrough(now);
  }

  /// What jobs say to their calls may have changed.
  void recheck(long now) {
    Predicate<Waiter> refused = waiter -> waiter.wish().refusedByItsJob();
    firsts.removeIf(refused);
    retries.removeIf(refused);
    letThrough(now);
  }

  /// Somebody has seen to an endpoint that was out.
  void reset(String endpoint, long now) {
    member(endpoint).limits().reset();
    letThrough(now);
  }

  /// Time has passed.
  void wake(long now) {
    letThrough(now);
  }

  /// Refuses all that wait.
  void stop(String sentence) {
    firsts.removeIf(waiter -> refuse(waiter, sentence));
    retries.removeIf(waiter -> refuse(waiter, sentence));
  }

  /// Always true, for use as a predicate that refuses whom it takes out.
  private static boolean refuse(Waiter waiter, String sentence) {
    waiter.refuse(new LlmAnswer.Unavailable(PauseReason.ENDPOINT, sentence));
    return true;
  }

  private Roster roster(Team team) {
    return new Roster(team, team.endpoints().stream().map(this::member).toList());
  }

  private Member member(String endpoint) {
    Member member = members.get(endpoint);
    if (member == null) {
      throw new IllegalArgumentException("endpoint " + endpoint + " is not looked after here");
    }
    return member;
  }

  private long backoff(Turn turn) {
    return turn.backoff()
        .map(n ->
            random.nextLong(
                Math.min(
                    BACKOFF_NANOS_MAX, BACKOFF_NANOS_MIN << Math.min(n, BACKOFF_DOUBLINGS_MAX))))
        .orElse(0L);
  }

  /// Grants what the limits allow now, and notes when to look again for the rest.
  private void letThrough(long now) {
    pass++;
    wakeAt = Long.MAX_VALUE;
    backoff = Optional.empty();
    refuseWhoeverHasNobody();
    serveRetries(now);
    serveFirsts(now);
  }

  private void refuseWhoeverHasNobody() {
    for (Member member : members.values()) {
      if (member.limits().out().isPresent()) {
        Predicate<Waiter> hopeless =
            waiter -> waiter.roster().out() && refuse(waiter, waiter.roster().sentence());
        firsts.removeIf(hopeless);
        retries.removeIf(hopeless);
        return;
      }
    }
  }

  private void serveRetries(long now) {
    Iterator<Waiter> inOrder = retries.iterator();
    while (inOrder.hasNext()) {
      Waiter waiter = inOrder.next();
      if (waiter.notBefore() > now) {
        wakeAt = Math.min(wakeAt, waiter.notBefore());
        backoff = Optional.of(new Decision.Wait(waiter.notBefore(), WaitReason.BACKOFF));
        return;
      }
      if (served(waiter, now)) {
        inOrder.remove();
      }
    }
  }

  /// Answers a retry, if there is an answer now.
  private boolean served(Waiter waiter, long now) {
    if (waiter.wish().refusedByItsJob()) {
      return true;
    }
    Member member = waiter.roster().next(waiter.wish().turn(), pass);
    while (member != null) {
      if (granted(waiter, member, now)) {
        return true;
      }
      member = waiter.roster().next(waiter.wish().turn(), pass);
    }
    return false;
  }

  private void serveFirsts(long now) {
    for (Member member : members.values()) {
      Waiter next = member.open(pass, false) ? firsts.next(member) : null;
      while (next != null) {
        // Where it would rather go, somebody else may come first.
        Member taker = next.roster().next(next.wish().turn(), pass);
        serveFirst(taker == null ? member : taker, now);
        next = member.open(pass, false) ? firsts.next(member) : null;
      }
    }
  }

  /// Answers who comes next at an endpoint, or shuts it.
  private void serveFirst(Member member, long now) {
    Waiter next = firsts.next(member);
    if (next == null) {
      throw new IllegalStateException("nobody waits for endpoint " + member.name());
    }
    if (next.wish().refusedByItsJob()) {
      firsts.remove(next);
    } else if (granted(next, member, now)) {
      firsts.serve(next, member);
    }
  }

  /// Grants a call at an endpoint, or shuts it.
  private boolean granted(Waiter waiter, Member member, long now) {
    Wish wish = waiter.wish();
    return switch (member.limits().reserve(wish.estimate(), wish.turn().budgeted(), now)) {
      case Decision.Granted(long call) -> {
        waiter.roster().serve(member);
        boolean meters = member.limits().metersTokens();
        wish.reply().accept(new Reservation.Granted(member.name(), call, meters));
        yield true;
      }
      case Decision.Wait wait -> {
        shut(member, wait);
        yield false;
      }
      case Decision.Out(String _, long probeFrom) -> {
        shut(member, new Decision.Wait(probeFrom, WaitReason.ENDPOINT_DOWN));
        yield false;
      }
    };
  }

  private void shut(Member member, Decision.Wait wait) {
    member.shut(pass, wait);
    wakeAt = Math.min(wakeAt, wait.untilNanos());
  }

  EndpointSnapshot snapshot(String endpoint, long now) {
    Member member = member(endpoint);
    Limits limits = member.limits();
    Quota quota = limits.quota();
    Optional<Decision.Wait> wait = member.held(pass).or(() -> backoff);
    return new EndpointSnapshot(
        endpoint,
        limits.inFlight(now),
        limits.inFlightLimit(),
        quota.requestsPerMinute(),
        quota.tokensPerMinute(),
        quota.inputTokensPerMinute(),
        quota.outputTokensPerMinute(),
        firsts.size() + retries.size(),
        wait.map(Decision.Wait::reason),
        wait.filter(held -> held.reason() != WaitReason.IN_FLIGHT)
            .map(held -> Duration.ofNanos(Math.max(0, held.untilNanos() - now))),
        limits.out(),
        limits.callsLastMinute(now),
        limits.retriesLastMinute(now),
        member.answered(),
        member.repliesTook());
  }
}
