package dev.alicorn.engine.journal;

import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;

/// A process that appends to a journal until it is killed, and prints each acknowledgement once it
/// has it: `acknowledged {seq} {ordinal}`.
final class AppendingMain {
  private static final int IN_FLIGHT_MAX = 200;

  private AppendingMain() {}

  public static void main(String[] arguments) throws JournalException {
    Semaphore inFlight = new Semaphore(IN_FLIGHT_MAX);
    try (Journal journal =
        Journal.open(Path.of(arguments[0]), JournalSettings.DEFAULT, "test child")) {
      for (long ordinal = Long.parseLong(arguments[1]); ; ordinal++) {
        long appended = ordinal;
        inFlight.acquireUninterruptibly();
        CompletableFuture<Void> _ =
            journal
                .append(TestJournals.seed(appended, text(appended)))
                .thenAccept(entry -> {
                  System.out.println("acknowledged " + entry.seq() + " " + appended);
                  inFlight.release();
                });
      }
    }
  }

  static String text(long ordinal) {
    return ("text " + ordinal + " ").repeat((int) (ordinal % 97));
  }
}
