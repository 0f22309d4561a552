package dev.alicorn.bench.encode;

import dev.alicorn.gpuworker.CaptionEncoder;
import dev.alicorn.gpuworker.EncoderException;
import dev.alicorn.protocol.EncodeBatch;
import dev.alicorn.protocol.EncodedBatch;
import dev.alicorn.protocol.RecordId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Captions on their way through our encoder as a job sends them: in requests of as many as it
/// wants together, four at a time.
public final class EncodedJob {
  private static final int CHARS_A_TOKEN = 4;
  private static final int REQUESTS_IN_FLIGHT = 4;

  private final List<EncodeBatch> requests;

  /// @param windowTokens of the captions of a request, as its encoder has it
  public EncodedJob(List<String> captions, int windowTokens) {
    this.requests = requests(captions, CHARS_A_TOKEN * windowTokens);
  }

  /// Captions cut into requests, numbered from 1.
  ///
  /// @param charsMax of a request; a longer caption is one alone
  public static List<EncodeBatch> requests(List<String> captions, int charsMax) {
    List<EncodeBatch> requests = new ArrayList<>();
    List<EncodeBatch.Item> items = new ArrayList<>();
    int chars = 0;
    int number = 0;
    for (String caption : captions) {
      if (!items.isEmpty() && chars + caption.length() > charsMax) {
        requests.add(new EncodeBatch(items));
        items = new ArrayList<>();
        chars = 0;
      }
      items.add(new EncodeBatch.Item(new RecordId(++number), caption));
      chars += caption.length();
    }
    requests.add(new EncodeBatch(items));
    return requests;
  }

  /// Encodes all of them.
  ///
  /// @throws IllegalStateException where one is rejected
  public void run(CaptionEncoder encoder) throws InterruptedException, ExecutionException {
    try (ExecutorService jobs = Executors.newFixedThreadPool(REQUESTS_IN_FLIGHT)) {
      List<Future<?>> answers = new ArrayList<>();
      for (EncodeBatch request : requests) {
        answers.add(jobs.submit(() -> encode(encoder, request)));
      }
      for (Future<?> answer : answers) {
        answer.get();
      }
    }
  }

  private static int encode(CaptionEncoder encoder, EncodeBatch request) throws EncoderException {
    for (EncodedBatch.Result result : encoder.encode(request).results()) {
      if (result instanceof EncodedBatch.Rejected rejected) {
        throw new IllegalStateException(rejected.reason());
      }
    }
    return request.items().size();
  }
}
