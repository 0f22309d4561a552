package dev.alicorn.engine.llm;

/// A wish that waits.
///
/// @param notBefore when its backoff ends
/// @param arrival grows from wish to wish
record Waiter(Wish wish, Roster roster, long notBefore, long arrival)
    implements Comparable<Waiter> {
  @Override
  public int compareTo(Waiter other) {
    int byTime = Long.compare(notBefore, other.notBefore);
    return byTime != 0 ? byTime : Long.compare(arrival, other.arrival);
  }

  /// Answers with why no call is made.
  void refuse(LlmAnswer.Unavailable why) {
    wish.reply().accept(new Reservation.Refused(why));
  }
}
