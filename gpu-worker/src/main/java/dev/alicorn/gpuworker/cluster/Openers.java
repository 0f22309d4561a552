package dev.alicorn.gpuworker.cluster;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.pekko.actor.typed.ActorRef;

/// Those who wait for a pool to have a worker, each answered once.
final class Openers {
  private final List<Opener> waiting = new ArrayList<>();

  private record Opener(ActorRef<EncoderPool.Opening> replyTo, long until) {}

  /// @param until when it is to be answered at the latest
  void add(ActorRef<EncoderPool.Opening> replyTo, long until) {
    waiting.add(new Opener(replyTo, until));
  }

  void answerAll(EncoderPool.Opening opening) {
    waiting.forEach(opener -> opener.replyTo().tell(opening));
    waiting.clear();
  }

  /// Answers those whose time is over.
  void answerLate(long now, EncoderPool.Opening opening) {
    Iterator<Opener> each = waiting.iterator();
    while (each.hasNext()) {
      Opener opener = each.next();
      if (opener.until() <= now) {
        each.remove();
        opener.replyTo().tell(opening);
      }
    }
  }
}
