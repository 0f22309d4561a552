package dev.alicorn.gpuworker.llama;

import de.kherud.llama.InferenceParameters;
import de.kherud.llama.LlamaModel;
import de.kherud.llama.ModelParameters;
import de.kherud.llama.Pair;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// A loaded llama.cpp model with its slots; as many threads may ask as there are slots.
final class LanguageModel {
  private static final String LIBRARY_FOLDER = "de.kherud.llama.tmpdir";

  // Special tokens are printed, so that an answer that ended by itself can be told from a cut one.
  private static final List<String> ENDS = List.of("<|im_end|>", "<|endoftext|>");

  // A small model repeats itself until its tokens run out: DRY ("don't repeat yourself") stops
  // phrases in any answer, the milder penalty words in free text.
  private static final float DRY_MULTIPLIER = 0.8f;
  private static final int DRY_TOKENS_ALLOWED = 3;
  private static final float REPEAT_PENALTY = 1.1f;
  private static final int REPEAT_TOKENS = 256;

  private final LlamaModel model;
  private final int contextTokens;

  private LanguageModel(LlamaModel model, int contextTokens) {
    this.model = model;
    this.contextTokens = contextTokens;
  }

  /// What a model answered.
  ///
  /// @param cut whether it had more to say than its tokens allowed
  record Answer(String text, boolean cut, int promptTokens, int answerTokens) {}

  /// Loads a model.
  ///
  /// @throws LlamaUnavailableException with a sentence that says what is missing
  static LanguageModel load(LlamaServerSettings settings) throws LlamaUnavailableException {
    if (!Files.isReadable(settings.model())) {
      throw new LlamaUnavailableException(
          "model %s: no such file; fetch it with `alicorn models pull`"
              .formatted(settings.model()));
    }
    ModelParameters parameters =
        new ModelParameters()
            .setModel(settings.model().toString())
            .setParallel(settings.slots())
            .setCtxSize(settings.slots() * settings.contextTokens())
            .setThreads(settings.threads())
            .setThreadsBatch(settings.threads())
            .setDryMultiplier(DRY_MULTIPLIER)
            .setDryAllowedLength(DRY_TOKENS_ALLOWED)
            .setDryPenaltyLastN(settings.contextTokens())
            .disableContextShift()
            .enableSpecial()
            .disableLog();
    // The binding tells only the standard streams why its library does not load.
    PrintStream out = System.out;
    PrintStream err = System.err;
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    PrintStream listener = new PrintStream(said, true, StandardCharsets.UTF_8);
    System.setOut(listener);
    System.setErr(listener);
    try {
      return new LanguageModel(inFolderOfItsOwn(parameters), settings.contextTokens());
    } catch (RuntimeException e) { // the binding's own exception is not public
      throw new LlamaUnavailableException(
          "model %s: llama.cpp does not load it (%s); it takes GGUF files of llama-like models"
              .formatted(settings.model(), e.getMessage()),
          e);
    } catch (LinkageError e) {
      throw new LlamaUnavailableException(
          "llama.cpp does not load on this machine (%s); it needs 64-bit Linux or macOS, a temporary folder that programs may run from, and on Linux the library libgomp1"
              .formatted(reason(said, e)),
          e);
    } catch (IOException e) {
      throw new LlamaUnavailableException(
          "llama.cpp cannot be unpacked (%s); make room in %s"
              .formatted(e, System.getProperty("java.io.tmpdir")),
          e);
    } finally {
      System.setOut(out);
      System.setErr(err);
    }
  }

  private static String reason(ByteArrayOutputStream said, LinkageError e) {
    return said.toString(StandardCharsets.UTF_8)
        .lines()
        .filter(line -> line.contains(": "))
        .findFirst()
        .orElse(String.valueOf(e.getMessage()));
  }

  /// Answers a request on a free slot; the part of the prompt that the slot saw last is not
  /// computed again.
  ///
  /// @throws RequestException where the prompt does not fit, or the model fails
  Answer answer(ChatRequest request) throws RequestException {
    String prompt = prompt(request);
    int promptTokens = model.encode(prompt).length;
    int room = contextTokens - promptTokens - 1;
    if (room < 1) {
      throw new RequestException(
          400,
          "context_length_exceeded",
          "the prompt has %d tokens and the context %d: shorten it"
              .formatted(promptTokens, contextTokens));
    }
    int tokensMax = Math.min(room, request.maxTokens().orElse(room));
    InferenceParameters parameters =
        new InferenceParameters(prompt).setCachePrompt(true).setNPredict(tokensMax);
    request.temperature().ifPresent(value -> parameters.setTemperature((float) value));
    request.topP().ifPresent(value -> parameters.setTopP((float) value));
    request.seed().ifPresent(parameters::setSeed);
    request
        .grammar()
        .ifPresentOrElse(
            parameters::setGrammar,
            () -> parameters.setRepeatPenalty(REPEAT_PENALTY).setRepeatLastN(REPEAT_TOKENS));
    if (!request.stops().isEmpty()) {
      parameters.setStopStrings(request.stops().toArray(String[]::new));
    }
    String raw;
    try {
      raw = model.complete(parameters);
    } catch (RuntimeException e) { // the binding's own exception is not public
      throw new RequestException(500, "model_failed", "the model failed: " + e.getMessage());
    }
    int answerTokens = model.encode(raw).length;
    int end = ENDS.stream().mapToInt(raw::indexOf).filter(at -> at >= 0).min().orElse(-1);
    boolean stopped = end >= 0 || (!request.stops().isEmpty() && answerTokens < tokensMax);
    String text = (end >= 0 ? raw.substring(0, end) : raw).strip();
    return new Answer(text, !stopped, promptTokens, answerTokens);
  }

  private String prompt(ChatRequest request) {
    List<Pair<String, String>> turns =
        request.turns().stream().map(turn -> new Pair<>(turn.role(), turn.content())).toList();
    return model.applyTemplate(new InferenceParameters("").setMessages(request.system(), turns));
  }

  /// The binding unpacks its library under a fixed name, which two processes must not share.
  private static LlamaModel inFolderOfItsOwn(ModelParameters parameters) throws IOException {
    Path folder = Files.createTempDirectory("alicorn-llama-");
    System.setProperty(LIBRARY_FOLDER, folder.toString());
    try {
      return new LlamaModel(parameters);
    } finally {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.deleteIfExists(file);
        }
      }
    }
  }
}
