package dev.alicorn.engine.job;

import dev.alicorn.engine.encoder.EncoderClient;
import dev.alicorn.engine.journal.JournalOpener;
import dev.alicorn.engine.llm.EndpointPool;
import dev.alicorn.engine.llm.LlmClient;
import dev.alicorn.engine.llm.Team;
import dev.alicorn.protocol.JobId;
import dev.alicorn.protocol.JobSpec;
import dev.alicorn.protocol.JournalEvent.EndpointBound;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;

/// A job and what it runs with here.
///
/// @param baseFolder what the spec's relative file names are relative to
/// @param folder the job's own folder, which holds `journal/`, beside those of the jobs that it
///   reuses
/// @param datasetFolder where the finished dataset will lie
/// @param journal opens the one in the job's folder
/// @param endpoints all that may serve the job, by name
/// @param pools by the names that the spec uses for several endpoints
/// @param encoder present where the spec embeds
/// @param disk the space that no new work may take
/// @param factsPerSnapshot how many facts a start may have to fold at most, as far as snapshots can
///   be written
/// @param version of this program, for the journal and the manifest
public record JobSetup(
    JobId id,
    JobSpec spec,
    Path baseFolder,
    Path folder,
    Path datasetFolder,
    JournalOpener journal,
    Map<String, ServedEndpoint> endpoints,
    Map<String, Serving> pools,
    Optional<EncoderClient> encoder,
    DiskReserve disk,
    int factsPerSnapshot,
    String version) {
  /// What a start folds in about a second.
  public static final int FACTS_PER_SNAPSHOT = 200_000;

  /// An endpoint as it serves now, with what its name is bound to in journals.
  ///
  /// @param pool the owner of its limits, which jobs share
  /// @param inFlightMax calls that it takes at once
  public record ServedEndpoint(
      ActorRef<EndpointPool.Command> pool,
      LlmClient client,
      EndpointBound bound,
      int inFlightMax) {}

  /// Who serves the calls of a step.
  ///
  /// @param team of endpoints whose limits are with the same actor and that speak one wire format
  /// @param model what call keys know the model by
  public record Serving(Team team, String model) {}

  /// The folder of the job's journal.
  public Path journalFolder() {
    return folder.resolve("journal");
  }

  /// Where the jobs of the same data folder lie, by their ids.
  Path jobsFolder() {
    return folder.resolveSibling("");
  }

  /// Who serves the calls that the spec sends to a name.
  Serving serving(String name) {
    Serving pool = pools.get(name);
    return pool != null ? pool : new Serving(Team.of(name), endpoint(name).bound().model());
  }

  ServedEndpoint endpoint(String name) {
    ServedEndpoint served = endpoints.get(name);
    if (served == null) {
      throw new IllegalArgumentException("endpoint " + name + " is not part of the setup");
    }
    return served;
  }
}
