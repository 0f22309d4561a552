package dev.alicorn.gateway.http;

import dev.alicorn.gateway.daemon.JobEvents;
import dev.alicorn.gateway.daemon.JobJson;
import dev.alicorn.gateway.daemon.JobView;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.apache.pekko.NotUsed;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;

/// A job as server-sent events: `state` at each change, with an id to resume behind, and `progress`
/// once a second while it changes, without one. It ends when nothing can change any more, with
/// `end`.
///
/// An id is the number of the change. Whoever resumes behind an id that is none begins with the
/// state as it is.
final class JobEventStream {
  private static final Duration PROGRESS_INTERVAL = Duration.ofSeconds(1);
  private static final Duration HEARTBEAT_INTERVAL = Duration.ofSeconds(15);
  // A comment, which tells the network between that the connection is in use.
  private static final ByteString HEARTBEAT = ByteString.fromString(":\n\n");

  private final JobEvents events;
  private final Supplier<CompletionStage<JobView>> look;

  /// @param look asks for the job as it is
  JobEventStream(JobEvents events, Supplier<CompletionStage<JobView>> look) {
    this.events = events;
    this.look = look;
  }

  /// One event; its data is a line.
  private record Event(String type, OptionalLong id, String data) {
    boolean isLast() {
      return type.equals("end");
    }

    ByteString encoded() {
      String number = id.isPresent() ? "id: " + id.getAsLong() + "\n" : "";
      return ByteString.fromString("event: " + type + "\n" + number + "data: " + data + "\n\n");
    }
  }

  /// The events behind an id, or from the state as it is, as they are sent.
  Source<ByteString, NotUsed> behind(Optional<String> lastId) {
    Optional<Long> known = lastId.flatMap(this::number);
    long from = known.orElseGet(events::last);
    // Who has seen all of a job that is over is told once more that it is.
    Source<Event, NotUsed> current =
        known.isPresent() && from < events.last()
            ? Source.empty()
            : Source.completionStage(look.get())
                .filter(job -> known.isEmpty() || job.state().isFinal())
                .map(job -> state(from, job.state(), JobJson.brief(job)));
    Source<Event, NotUsed> changes =
        Source.unfoldAsync(
                from,
                last ->
                    events
                        .beyond(last)
                        .thenApply(newest -> {
                          List<JobEvents.Change> behind = events.behind(last);
                          long next = behind.isEmpty() ? newest : behind.getLast().number();
                          return Optional.of(Pair.create(next, behind));
                        }))
            .mapConcat(changed -> changed)
            .map(change -> state(change.number(), change.state(), change.job()));
    Source<Event, ?> progress =
        Source.tick(PROGRESS_INTERVAL, PROGRESS_INTERVAL, PROGRESS_INTERVAL)
            .mapAsync(1, _ -> look.get())
            .map(job -> new Event("progress", OptionalLong.empty(), JobJson.brief(job)))
            .statefulMap(
                () -> "",
                (before, event) ->
                    Pair.create(
                        event.data(),
                        event.data().equals(before) ? List.<Event>of() : List.of(event)),
                _ -> Optional.empty())
            .mapConcat(event -> event);
    return current
        .concat(changes)
        .merge(progress, true)
        .takeWhile(event -> !event.isLast(), true)
        .map(Event::encoded)
        .keepAlive(HEARTBEAT_INTERVAL, () -> HEARTBEAT);
  }

  private static Event state(long number, JobView.State state, String job) {
    return new Event(state.isFinal() ? "end" : "state", OptionalLong.of(number), job);
  }

  private Optional<Long> number(String id) {
    try {
      return Optional.of(Long.parseLong(id))
          .filter(number -> number >= 0 && number <= events.last());
    } catch (NumberFormatException _) {
      return Optional.empty();
    }
  }
}
