package dev.alicorn.engine.kill;

import dev.alicorn.engine.journal.DeadJournal;
import dev.alicorn.engine.journal.JournalCursor;
import dev.alicorn.engine.journal.JournalEntry;
import dev.alicorn.engine.journal.JournalException;
import dev.alicorn.protocol.CallKey;
import dev.alicorn.protocol.ContentHash;
import dev.alicorn.protocol.FailureCause;
import dev.alicorn.protocol.JournalCodec;
import dev.alicorn.protocol.JournalEvent;
import dev.alicorn.protocol.JournalEvent.CallFailed;
import dev.alicorn.protocol.JournalEvent.CallStarted;
import dev.alicorn.protocol.JournalEvent.LlmReplied;
import dev.alicorn.protocol.JournalEvent.SeedsSealed;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What a journal holds while nobody writes it. A reply of blanks, which is no answer and asked for
/// again, is left out of all but the facts.
///
/// @param facts a hash of each, the one of seq 1 first
/// @param attempts calls that came to an end, with or without a reply
/// @param replies the body's hash of each call that has a reply
/// @param intents calls whose intent is there
/// @param ended calls of which the end is there
record JournalFold(
    List<ContentHash> facts,
    long attempts,
    Map<CallKey, ContentHash> replies,
    Set<CallKey> intents,
    Set<CallKey> ended,
    boolean sealed) {
  private static final JournalFold EMPTY =
      new JournalFold(List.of(), 0, Map.of(), Set.of(), Set.of(), false);

  static JournalFold of(Path journal) throws JournalException {
    if (Files.notExists(journal.resolve("0001"))) {
      return EMPTY;
    }
    List<ContentHash> facts = new ArrayList<>();
    Map<CallKey, ContentHash> replies = new HashMap<>();
    Set<CallKey> intents = new HashSet<>();
    Set<CallKey> ended = new HashSet<>();
    long attempts = 0;
    boolean sealed = false;
    try (JournalCursor cursor = DeadJournal.open(journal)) {
      for (JournalEntry entry = cursor.next(); entry != null; entry = cursor.next()) {
        JournalEvent event = entry.event();
        facts.add(ContentHash.of(JournalCodec.encode(event)));
        switch (event) {
          case LlmReplied reply when !isBlank(reply) -> {
            attempts++;
            ended.add(reply.key());
            replies.put(reply.key(), ContentHash.of(reply.body().toArray()));
          }
          case CallFailed failed when failed.cause() != FailureCause.NOT_SENT -> {
            attempts++;
            ended.add(failed.key());
          }
          case CallStarted started -> intents.add(started.key());
          case SeedsSealed _ -> sealed = true;
          default -> {}
        }
      }
    }
    return new JournalFold(facts, attempts, replies, intents, ended, sealed);
  }

  private static boolean isBlank(LlmReplied reply) {
    return new String(reply.body().toArray(), StandardCharsets.UTF_8).isBlank();
  }

  /// Facts up to a seq that are not there any more, or are others now.
  long lost(List<ContentHash> before, long seq) {
    long lost = 0;
    for (int i = 0; i < seq; i++) {
      boolean there = i < facts.size();
      boolean same = i >= before.size() || (there && facts.get(i).equals(before.get(i)));
      lost += there && same ? 0 : 1;
    }
    return lost;
  }

  /// Calls whose outcome nobody knows.
  long unknown() {
    return intents.stream().filter(call -> !ended.contains(call)).count();
  }
}
