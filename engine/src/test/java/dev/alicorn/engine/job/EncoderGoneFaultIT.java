package dev.alicorn.engine.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alicorn.engine.encoder.EncoderAnswer;
import dev.alicorn.engine.encoder.EncoderClient;
import dev.alicorn.engine.scripted.CallLedger;
import dev.alicorn.engine.scripted.ScriptedEndpoint;
import dev.alicorn.protocol.EncodeBatch;
import dev.alicorn.protocol.EncoderDescription;
import dev.alicorn.protocol.JournalEvent.PauseReason;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// An encoder that goes away in the middle of a job, and comes back.
class EncoderGoneFaultIT {
  private static final int SEEDS = 60;
  private static final int CAPTIONS = 20;

  @RegisterExtension static final JobBench BENCH = new JobBench();

  @TempDir private Path folder = Path.of("");

  @Test
  void theJobPausesAndGoesOnWithWhatIsOwed() throws Exception {
    try (ScriptedEndpoint endpoint = ScriptedEndpoint.scripted().start()) {
      HashingEncoder whole = new HashingEncoder(16, "");
      GoneAfter gone = new GoneAfter(whole, CAPTIONS, new AtomicInteger());
      TestJob job = BENCH.job(folder, endpoint).ofSeeds(SEEDS).inFlight(1).embedding(gone);

      JobEnd.Paused paused = job.paused();
      assertThat(paused.reason()).isEqualTo(PauseReason.ENCODER);
      assertThat(paused.detail()).isEqualTo("the encoder is gone; start it again");

      assertThat(job.embedding(whole).completed().dataset().captions())
          .isEqualTo(Map.of("exported", (long) SEEDS));
      assertThat(endpoint.ledger().calls().values())
          .as("each call was made once")
          .hasSize(SEEDS)
          .extracting(CallLedger.Call::requests)
          .containsOnly(1);
    }
  }

  /// Answers as long as it has been asked for few captions, and never again: how many of them come
  /// in a batch is the machine's speed.
  private record GoneAfter(EncoderClient client, int captions, AtomicInteger asked)
      implements EncoderClient {
    @Override
    public EncoderDescription description() {
      return client.description();
    }

    @Override
    public int batchesInFlightMax() {
      return client.batchesInFlightMax();
    }

    @Override
    public int batchCharsMax() {
      return client.batchCharsMax();
    }

    @Override
    public CompletionStage<EncoderAnswer> encode(EncodeBatch batch) {
      return asked.addAndGet(batch.items().size()) <= captions
          ? client.encode(batch)
          : CompletableFuture.completedFuture(
              new EncoderAnswer.Unavailable("the encoder is gone; start it again"));
    }
  }
}
