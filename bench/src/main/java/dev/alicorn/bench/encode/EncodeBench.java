package dev.alicorn.bench.encode;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.alicorn.bench.measure.BadUsageException;
import dev.alicorn.bench.measure.Bench;
import dev.alicorn.bench.measure.BenchResult;
import dev.alicorn.bench.measure.Count;
import dev.alicorn.bench.measure.PythonEnvironment;
import dev.alicorn.bench.measure.Row;
import dev.alicorn.bench.measure.Scratch;
import dev.alicorn.gpuworker.CaptionEncoder;
import dev.alicorn.gpuworker.EncoderException;
import dev.alicorn.gpuworker.EncoderWorker;
import dev.alicorn.gpuworker.batch.TokenBatch;
import dev.alicorn.gpuworker.folder.EncoderFolder;
import dev.alicorn.gpuworker.model.ModelCatalogue;
import dev.alicorn.gpuworker.model.ModelStore;
import dev.alicorn.gpuworker.model.Progress;
import dev.alicorn.gpuworker.onnx.OnnxEncoder;
import dev.alicorn.gpuworker.tokenize.TokenSequence;
import dev.alicorn.gpuworker.tokenize.Tokenizer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.stream.IntStream;

/// Captions through the default encoder on the CPU, beside ONNX Runtime alone on the same sorted
/// batches and beside sentence-transformers on the same captions; and how fast they are tokenised.
public final class EncodeBench implements Bench {
  private static final int CAPTIONS = 10_000;
  private static final int CAPTIONS_MIN = 100;
  private static final int COMPARED_MAX = 1_000;
  private static final int ROUNDS = 3;
  private static final int CORES = Runtime.getRuntime().availableProcessors();
  private static final List<Integer> CALLERS =
      IntStream.concat(
              IntStream.iterate(1, callers -> callers < CORES, callers -> 2 * callers),
              IntStream.of(CORES))
          .boxed()
          .toList();
  private static final String OURS = "ours_callers_" + CORES;
  private static final String PYTHON = "sentence_transformers";

  /// A way to call ONNX Runtime alone.
  ///
  /// @param rows of a batch
  private record Shape(String name, int rows, int callers, int threads) {}

  private static final List<Shape> SHAPES =
      List.of(
          new Shape("bare_rows_1_callers_" + CORES, 1, CORES, 1),
          new Shape("bare_rows_8_callers_" + CORES, 8, CORES, 1),
          new Shape("bare_rows_32_callers_" + CORES, 32, CORES, 1),
          new Shape("bare_rows_32_threads_" + CORES, 32, 1, CORES));

  @Override
  public String name() {
    return "encode";
  }

  @Override
  public String subject() {
    return "captions through the CPU encoder, beside ONNX Runtime alone and sentence-transformers; --captions N, or --minutes N for its memory";
  }

  @Override
  public BenchResult run() throws Exception {
    return run(List.of());
  }

  @Override
  public BenchResult run(List<String> words) throws Exception {
    Path models = ModelStore.defaultFolder(System.getenv());
    EncoderFolder folder =
        EncoderFolder.read(
            new ModelStore(models).fetch(ModelCatalogue.ALL_MINILM_L6_V2, Progress.NONE));
    if (words.stream().limit(1).toList().equals(List.of("--minutes"))) {
      return EncodeHour.run(name() + "-memory", folder, Count.of(name(), "minutes", 60, 1, words));
    }
    return rates(folder, count(words));
  }

  private int count(List<String> words) throws BadUsageException {
    return Count.of(name(), "captions", CAPTIONS, CAPTIONS_MIN, words);
  }

  private BenchResult rates(EncoderFolder folder, int captions) throws Exception {
    List<Row> rows = new ArrayList<>();
    SequencedMap<String, List<Double>> rates = new LinkedHashMap<>();
    int compared = Math.min(captions, COMPARED_MAX);
    List<String> texts = PaperCaptions.of(compared);
    SequencedMap<Shape, List<TokenBatch>> batches = batches(folder, texts);
    Map<String, Double> padding = new LinkedHashMap<>();
    batches.forEach((shape, cut) -> padding.put(shape.name(), paddingShare(cut)));
    PythonEnvironment python = PythonEnvironment.of(name());
    try (Scratch scratch = Scratch.create(name())) {
      rows.addAll(TokeniserRates.rows(folder, scratch.folder()));
      Path file = scratch.folder().resolve("captions.json");
      new JsonMapper().writeValue(file.toFile(), texts);
      for (int round = 0; round < ROUNDS; round++) {
        for (int callers : CALLERS) {
          add(rates, "ours_callers_" + callers, ours(folder, texts, callers));
        }
        for (Map.Entry<Shape, List<TokenBatch>> shape : batches.entrySet()) {
          double seconds = bare(folder, shape.getValue(), shape.getKey());
          add(rates, shape.getKey().name(), texts.size() / seconds);
        }
        add(
            rates,
            PYTHON,
            python
                .run(
                    scratch.folder(),
                    Map.of(),
                    "sentence_transformers_rate",
                    List.of(file.toString()))
                .path("captions_per_s")
                .doubleValue());
      }
    }
    for (int more = 10 * compared; more <= captions; more *= 10) {
      add(rates, OURS + "_captions_" + more, ours(folder, PaperCaptions.of(more), CORES));
    }
    double ours = median(rates, OURS);
    rates.forEach((name, samples) -> {
      Row row =
          Row.spread(
                  name,
                  "captions_per_s",
                  samples.stream().mapToDouble(Double::doubleValue).toArray())
              .and("ours_to_it_ratio", ours / median(rates, name));
      rows.add(padding.containsKey(name) ? row.and("padding_ratio", padding.get(name)) : row);
    });
    return new BenchResult(
        name(),
        rows,
        List.of(
            "%d made captions as long as the paper's (%d words on average, %d to %d) in %d rounds, all in turn; all-MiniLM-L6-v2 in fp32, cut at 256 tokens by all."
                .formatted(
                    compared,
                    PaperCaptions.WORDS_MEAN,
                    PaperCaptions.WORDS_MIN,
                    PaperCaptions.WORDS_MAX,
                    ROUNDS),
            "ours: tokenised, sorted by length, run row by row, pooled and scaled, in requests of 24,000 characters, four at a time. The number is how many threads call ONNX Runtime; captions_N is one round over so many.",
            "bare: ONNX Runtime alone over tokens that lie ready, sorted by length over all captions and padded to the longest of a batch; neither tokenised nor pooled. The first number is rows of a batch; callers are threads that call it, threads are its own. padding_ratio is the share of padding.",
            "sentence_transformers: encode() with its defaults in a Python of its own, by all cores, without its imports; PyTorch, batches of 32.",
            "tokenise: one thread; wordpiece is our own, hugging_face the library by way of DJL that other tokenizers run by."));
  }

  private static double ours(EncoderFolder folder, List<String> texts, int callers)
      throws Exception {
    try (CaptionEncoder encoder =
        new CaptionEncoder(
            OnnxEncoder.open(folder),
            callers,
            EncoderWorker.Settings.forThisMachine().batchTokensMax())) {
      int windowTokens = encoder.encoder().windowTokens();
      new EncodedJob(texts.subList(0, CORES), windowTokens).run(encoder);
      EncodedJob job = new EncodedJob(texts, windowTokens);
      long start = System.nanoTime();
      job.run(encoder);
      return texts.size() / seconds(start);
    }
  }

  private static double bare(EncoderFolder folder, List<TokenBatch> batches, Shape shape)
      throws Exception {
    try (BareOnnx onnx = new BareOnnx(folder, shape.threads())) {
      onnx.run(batches.subList(0, Math.min(batches.size(), 2 * CORES)), shape.callers());
      long start = System.nanoTime();
      onnx.run(batches, shape.callers());
      return seconds(start);
    }
  }

  /// The captions' tokens for each shape, sorted by length over all of them.
  private static SequencedMap<Shape, List<TokenBatch>> batches(
      EncoderFolder folder, List<String> texts) throws EncoderException {
    List<TokenSequence> sorted = new ArrayList<>();
    try (Tokenizer tokenizer = folder.tokenizer()) {
      texts.forEach(text -> sorted.add(tokenizer.tokenize(text)));
    }
    sorted.sort((one, other) -> other.length() - one.length());
    SequencedMap<Shape, List<TokenBatch>> batches = new LinkedHashMap<>();
    for (Shape shape : SHAPES) {
      List<TokenBatch> cut = new ArrayList<>();
      for (int from = 0; from < sorted.size(); from += shape.rows()) {
        cut.addAll(
            TokenBatch.cut(
                sorted.subList(from, Math.min(sorted.size(), from + shape.rows())),
                Integer.MAX_VALUE));
      }
      batches.put(shape, cut);
    }
    return batches;
  }

  private static double paddingShare(List<TokenBatch> batches) {
    long padded = 0;
    long tokens = 0;
    for (TokenBatch batch : batches) {
      int longest = batch.rows().getFirst().length();
      padded += (long) longest * batch.rows().size();
      tokens += batch.rows().stream().mapToInt(TokenSequence::length).sum();
    }
    return 1 - (double) tokens / padded;
  }

  private static void add(Map<String, List<Double>> rates, String name, double rate) {
    rates.computeIfAbsent(name, _ -> new ArrayList<>()).add(rate);
  }

  private static double median(Map<String, List<Double>> rates, String name) {
    double[] samples =
        Objects.requireNonNull(rates.get(name)).stream().mapToDouble(Double::doubleValue).toArray();
    return Objects.requireNonNull(Row.spread(name, "rate", samples).figures().get("median_rate"));
  }

  private static double seconds(long start) {
    return (System.nanoTime() - start) / 1e9;
  }
}
