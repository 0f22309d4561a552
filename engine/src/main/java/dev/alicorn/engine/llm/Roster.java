package dev.alicorn.engine.llm;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A team in service: which of its members takes the next call.
///
/// Those that can take it do so in turn, by their weights; one at its limits, or one that is down,
/// leaves its turns to the others. A retry goes elsewhere than where it failed, while there is
/// another endpoint that is up.
final class Roster {
  private final Team team;
  private final List<Member> members;
  private final FairTurns<Member> turns = new FairTurns<>();

  Roster(Team team, List<Member> members) {
    this.team = team;
    this.members = members;
    members.forEach(member -> turns.join(member, member.weight()));
  }

  List<Member> members() {
    return members;
  }

  boolean out() {
    for (Member member : members) {
      if (member.limits().out().isEmpty()) {
        return false;
      }
    }
    return true;
  }

  /// Why no member is in, and how to mend each.
  String sentence() {
    String each =
        members.stream()
            .flatMap(member -> member.limits().out().stream())
            .collect(Collectors.joining("; "));
    return members.size() == 1 ? each : "pool " + team.name() + " has no endpoint left: " + each;
  }

  /// The member to ask first, of those still open in this pass; null if there is none.
  @Nullable Member next(Turn turn, long pass) {
    boolean budgeted = turn.budgeted();
    String failedAt = turn.retry() ? turn.lastEndpoint().orElse("") : "";
    String avoided = upBeside(failedAt) ? failedAt : "";
    return turns.next(member -> member.open(pass, budgeted) && !member.name().equals(avoided));
  }

  private boolean upBeside(String failedAt) {
    for (Member member : members) {
      if (!failedAt.isEmpty() && !member.name().equals(failedAt) && member.limits().up()) {
        return true;
      }
    }
    return false;
  }

  /// The member takes a call.
  void serve(Member member) {
    turns.serve(member);
  }
}
