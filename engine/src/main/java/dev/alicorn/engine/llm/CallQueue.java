package dev.alicorn.engine.llm;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The first tries that wait: a line for each flow, first come first served, each line at every
/// endpoint that serves its flow.
final class CallQueue {
  private final Map<CallFlow, Line> lines = new HashMap<>();
  private int size;

  private record Line(Deque<Waiter> waiting, List<Member> members) {}

  void add(Waiter waiter) {
    CallFlow flow = waiter.wish().flow();
    Line line = lines.get(flow);
    if (line == null) {
      line = new Line(new ArrayDeque<>(), waiter.roster().members());
      lines.put(flow, line);
      line.members().forEach(member -> member.turns().join(flow));
    }
    line.waiting().add(waiter);
    size++;
  }

  int size() {
    return size;
  }

  /// Who comes next at an endpoint: the head of the line whose turn it is; null if nobody waits.
  @Nullable Waiter next(Member member) {
    CallFlow flow = member.turns().next();
    return flow == null ? null : line(flow).waiting().element();
  }

  /// The head of a line goes to an endpoint, and has had its turn there.
  void serve(Waiter head, Member member) {
    member.turns().serve(head.wish().flow());
    remove(head);
  }

  /// The head of a line goes without a turn.
  void remove(Waiter head) {
    CallFlow flow = head.wish().flow();
    line(flow).waiting().remove();
    size--;
    closeIfEmpty(flow);
  }

  /// All go that are to go, wherever they stand.
  void removeIf(Predicate<Waiter> goes) {
    for (CallFlow flow : List.copyOf(lines.keySet())) {
      Deque<Waiter> waiting = line(flow).waiting();
      size -= waiting.size();
      waiting.removeIf(goes);
      size += waiting.size();
      closeIfEmpty(flow);
    }
  }

  private void closeIfEmpty(CallFlow flow) {
    Line line = line(flow);
    if (line.waiting().isEmpty()) {
      lines.remove(flow);
      line.members().forEach(member -> member.turns().leave(flow));
    }
  }

  private Line line(CallFlow flow) {
    Line line = lines.get(flow);
    if (line == null) {
      throw new IllegalStateException("no call of " + flow + " waits");
    }
    return line;
  }
}
