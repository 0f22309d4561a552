package dev.alicorn.bench.encode;

import dev.alicorn.bench.measure.BenchResult;
import dev.alicorn.bench.measure.ProcessStatus;
import dev.alicorn.bench.measure.Row;
import dev.alicorn.gpuworker.CaptionEncoder;
import dev.alicorn.gpuworker.EncoderWorker;
import dev.alicorn.gpuworker.folder.EncoderFolder;
import dev.alicorn.gpuworker.onnx.OnnxEncoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Captions through the default encoder for as long as one likes, watched for what grows.
final class EncodeHour {
  private static final int CAPTIONS = 400;
  private static final int LOOKS = 12;

  private EncodeHour() {}

  /// What was seen at one time.
  private record Look(double minutes, long captions, double residentMegabytes) {}

  static BenchResult run(String bench, EncoderFolder folder, int minutes) throws Exception {
    EncoderWorker.Settings settings = EncoderWorker.Settings.forThisMachine();
    List<Look> looks = new ArrayList<>();
    try (CaptionEncoder encoder =
        new CaptionEncoder(
            OnnxEncoder.open(folder), settings.callers(), settings.batchTokensMax())) {
      EncodedJob job = new EncodedJob(PaperCaptions.of(CAPTIONS), encoder.encoder().windowTokens());
      job.run(encoder);
      long start = System.nanoTime();
      long captions = 0;
      while (looks.size() <= LOOKS) {
        double elapsed = (System.nanoTime() - start) / 60e9;
        if (elapsed >= (double) minutes * looks.size() / LOOKS) {
          looks.add(
              new Look(
                  elapsed,
                  captions,
                  ProcessStatus.of(ProcessHandle.current().pid()).residentBytes() / 1e6));
        }
        job.run(encoder);
        captions += CAPTIONS;
      }
    }
    Map<String, Row> rows = new TreeMap<>();
    for (int i = 1; i < looks.size(); i++) {
      Look before = looks.get(i - 1);
      Look look = looks.get(i);
      String name = "minute_%04d".formatted(Math.round(look.minutes()));
      rows.put(
          name,
          Row.of(name, "captions", (double) look.captions())
              .and(
                  "captions_per_s",
                  (look.captions() - before.captions()) / (look.minutes() - before.minutes()) / 60)
              .and("rss_mb", look.residentMegabytes()));
    }
    return new BenchResult(
        bench,
        List.copyOf(rows.values()),
        List.of(
            "%d minutes of made captions as long as the paper's, %d threads that call ONNX Runtime; rss_mb is the resident memory of the process at that time."
                .formatted(minutes, settings.callers())));
  }
}
