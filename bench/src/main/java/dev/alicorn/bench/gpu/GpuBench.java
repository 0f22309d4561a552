package dev.alicorn.bench.gpu;

import com.fasterxml.jackson.databind.JsonNode;
import dev.alicorn.bench.encode.EncodedJob;
import dev.alicorn.bench.encode.PaperCaptions;
import dev.alicorn.bench.measure.Bench;
import dev.alicorn.bench.measure.BenchResult;
import dev.alicorn.bench.measure.Count;
import dev.alicorn.bench.measure.Row;
import dev.alicorn.bench.measure.Scratch;
import dev.alicorn.bench.measure.UnavailableException;
import dev.alicorn.config.EncoderConfig;
import dev.alicorn.config.EncoderConfig.TensorRt.Precision;
import dev.alicorn.config.EncoderSource;
import dev.alicorn.gpuworker.CaptionEncoder;
import dev.alicorn.gpuworker.EncoderException;
import dev.alicorn.gpuworker.device.DeviceProbe;
import dev.alicorn.gpuworker.folder.EncoderFolder;
import dev.alicorn.gpuworker.model.ModelException;
import dev.alicorn.gpuworker.model.ModelStore;
import dev.alicorn.gpuworker.model.Progress;
import dev.alicorn.gpuworker.onnx.OnnxEncoder;
import dev.alicorn.gpuworker.tensorrt.Agreement;
import dev.alicorn.gpuworker.tensorrt.TensorRtEncoder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// The check of the encoders on an NVIDIA device: whether their vectors are right, how fast they
/// are beside a bare loop and beside sentence-transformers, and what faults do to them.
///
/// What fails is a remark, and the rest goes on: time on such a machine is dear.
public final class GpuBench implements Bench {
  /// The precision and the size of a run that are the defaults of a deployment.
  static final Precision USUAL = Precision.FP16;

  private static final int BATCH_TOKENS = 8192;
  private static final String REHEARSE = "--rehearse";
  private static final int SECONDS = 12;
  private static final int COMPARED = 200;
  private static final int CAPTIONS = 20_000;
  private static final int CAPTIONS_REHEARSED = 200;
  private static final int[] FREE_MEBIBYTES = {4096, 1024, 512, 256, 128};

  private final List<Row> rows = new ArrayList<>();
  private final List<String> remarks = new ArrayList<>();
  private boolean rehearsal;
  private int seconds;

  @Override
  public String name() {
    return "gpu";
  }

  @Override
  public String subject() {
    return "encoders on an NVIDIA device: vectors, rates beside a bare loop, faults; --seconds N a rate; --rehearse tries the check itself on the CPU";
  }

  @Override
  public BenchResult run() throws Exception {
    return run(List.of());
  }

  @Override
  public BenchResult run(List<String> words) throws Exception {
    rehearsal = words.contains(REHEARSE);
    seconds =
        Count.of(
            name(),
            "seconds",
            SECONDS,
            1,
            words.stream().filter(word -> !word.equals(REHEARSE)).toList());
    remarks.add(rehearsal ? "A rehearsal on the CPU: no figure here says anything." : device());
    ModelStore store = new ModelStore(ModelStore.defaultFolder(System.getenv()));
    try (Scratch scratch = Scratch.create(name())) {
      for (GpuModel model : GpuModel.ALL) {
        EncoderFolder folder;
        try {
          folder = EncoderFolder.read(store.fetch(model.model(), Progress.NONE));
        } catch (ModelException e) {
          remark(model.row(), e);
          continue;
        }
        check(model, folder, store, scratch.folder());
      }
    }
    explain();
    return new BenchResult(name(), rows, remarks);
  }

  /// An encoder in TensorRT with the defaults of a deployment.
  static EncoderConfig.TensorRt config(EncoderFolder folder, Precision precision) {
    return new EncoderConfig.TensorRt(
        new EncoderSource.Folder(folder.path()),
        Optional.empty(),
        precision,
        BATCH_TOKENS,
        OptionalInt.empty(),
        1);
  }

  private static String device() throws UnavailableException {
    return switch (DeviceProbe.ask()) {
      case DeviceProbe.Found found ->
          "%s, compute capability %s, %d GiB; the driver serves CUDA %s"
              .formatted(
                  found.devices().getFirst().name(),
                  found.devices().getFirst().capability(),
                  found.devices().getFirst().memoryBytes() >> 30,
                  found.driver());
      case DeviceProbe.NoDevice(String reason) -> throw new UnavailableException("gpu: " + reason);
      case DeviceProbe.Unusable(String reason) -> throw new UnavailableException("gpu: " + reason);
    };
  }

  private void check(GpuModel model, EncoderFolder folder, ModelStore store, Path scratch)
      throws Exception {
    List<String> captions = PaperCaptions.of(rehearsal ? CAPTIONS_REHEARSED : CAPTIONS);
    SentenceTransformers python = python(model, folder, captions, scratch);
    for (Precision precision : Precision.values()) {
      String name = model.row() + "_" + precision.key();
      long start = System.nanoTime();
      try {
        CheckedEncoder checked = open(folder, precision);
        double opened = (System.nanoTime() - start) / 1e9;
        try (CaptionEncoder encoder = captions(checked)) {
          add(agreement(name, checked, folder).and("open_s", opened));
          if (precision == USUAL) {
            add(whole(name + "_captions", encoder, captions, python));
            new ShapeRates(checked, model, name, seconds, python.matmulFlops())
                .rows()
                .forEach(this::add);
          }
        }
      } catch (EncoderException e) {
        remark(name, e);
      }
    }
    if (model.equals(GpuModel.MINILM)) {
      faults(model, folder, store, captions, scratch);
    }
  }

  private CheckedEncoder open(EncoderFolder folder, Precision precision) throws EncoderException {
    return rehearsal
        ? new CheckedEncoder.Rehearsed(OnnxEncoder.open(folder))
        : new CheckedEncoder.OnDevice(TensorRtEncoder.open(config(folder, precision), folder));
  }

  /// What gives it whole captions, and closes it.
  private static CaptionEncoder captions(CheckedEncoder checked) {
    return new CaptionEncoder(
        checked.encoder(), Runtime.getRuntime().availableProcessors(), BATCH_TOKENS);
  }

  private static Row agreement(String name, CheckedEncoder checked, EncoderFolder folder)
      throws Exception {
    try (OnnxEncoder reference = OnnxEncoder.open(folder)) {
      var batch = Captions.batch(reference, PaperCaptions.of(COMPARED));
      Agreement agreement = Agreement.of(checked.encoder().encode(batch), reference.encode(batch));
      return Row.of(name, "captions", agreement.texts())
          .and("cosine_min", agreement.cosineMin())
          .and("cosine_mean", agreement.cosineMean())
          .and("not_finite", agreement.notFinite());
    }
  }

  private static Row whole(
      String name, CaptionEncoder encoder, List<String> captions, SentenceTransformers python)
      throws Exception {
    EncodedJob job = new EncodedJob(captions, encoder.encoder().windowTokens());
    job.run(encoder);
    long start = System.nanoTime();
    job.run(encoder);
    double rate = captions.size() / ((System.nanoTime() - start) / 1e9);
    Row row = Row.of(name, "captions", captions.size()).and("captions_per_s", rate);
    if (encoder.encoder() instanceof TensorRtEncoder device) {
      row = row.and("padding_ratio", device.paddingShare());
    }
    if (python.captionsPerSecond().isEmpty()) {
      return row;
    }
    double theirs = python.captionsPerSecond().getAsDouble();
    return row.and("sentence_transformers_captions_per_s", theirs)
        .and("ours_to_it_ratio", rate / theirs);
  }

  private void faults(
      GpuModel model, EncoderFolder folder, ModelStore store, List<String> captions, Path scratch)
      throws Exception {
    try (CaptionEncoder encoder = captions(open(folder, USUAL))) {
      add(BadInput.row("fault_bad_input", encoder, captions.subList(0, CAPTIONS_REHEARSED)));
    } catch (EncoderException e) {
      remark("fault_bad_input", e);
    }
    try {
      add(
          new KilledWorker(rehearsal ? "onnx" : "tensorrt", model, store, scratch)
              .row("fault_killed_worker", captions));
    } catch (Exception e) {
      remark("fault_killed_worker", e);
    }
    if (rehearsal) {
      remarks.add("fault_memory: only a device's memory can be scarce.");
      return;
    }
    for (int mebibytes : FREE_MEBIBYTES) {
      String name = "fault_memory_%d_mib_free".formatted(mebibytes);
      JsonNode outcome = ScarceMemory.in(mebibytes, folder);
      if (outcome.has("refusal")) {
        remarks.add(name + ": refused: " + outcome.path("refusal").asText());
      } else {
        add(
            Row.of(name, "rows", outcome.path("rows").asDouble())
                .and("cosine_min", outcome.path("cosine_min").asDouble()));
      }
    }
  }

  private SentenceTransformers python(
      GpuModel model, EncoderFolder folder, List<String> captions, Path scratch)
      throws InterruptedException {
    try {
      return SentenceTransformers.measure(model, folder, captions, scratch);
    } catch (IOException e) {
      remarks.add(model.row() + ": no rate of sentence-transformers: " + e.getMessage());
      return SentenceTransformers.ABSENT;
    }
  }

  private void explain() {
    remarks.add(
        "captions, cosines: against ONNX Runtime on the CPU in fp32, over made captions as long as the paper's; open_s includes the building of the engine where none was there.");
    remarks.add(
        "tokens_N: captions of that length exactly, tokens ready, from four threads; bare: the same CUDA graphs on the same two streams, launched one behind the other, nothing packed and nothing copied. Median of three rounds in turn. tflops by two operations for each weight and token, and attention's products; of_peak_ratio against an fp16 product of 8192 x 8192 matrices by PyTorch in the same run.");
    remarks.add(
        "captions: text in, vectors out, tokenised on all cores, in requests as a job sends them; sentence-transformers in bf16 at its best of three batch sizes, on the same captions.");
    remarks.add(
        "fault_killed_worker: two worker processes, one killed with -9 halfway; captions_per_s is of the round before, through both. changed_vectors are compared bit for bit.");
    remarks.add(
        "fault_memory: an encoder opened where another holder has left so much; rows of its largest batch, 256 where memory does not bind.");
  }

  private void add(Row row) {
    System.err.println("gpu: " + row.name() + " " + row.figures());
    rows.add(row);
  }

  private void remark(String what, Exception e) {
    String remark = what + " failed: " + e.getMessage();
    System.err.println("gpu: " + remark);
    remarks.add(remark);
  }
}
