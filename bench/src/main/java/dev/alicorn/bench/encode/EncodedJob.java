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

/// Captions on their way through our encoder as a job sends them: in requests of 24,000 characters,
/// four at a time.
final class EncodedJob {
  private static final int REQUEST_CHARS_MAX = 24_000;
  private static final int REQUESTS_IN_FLIGHT = 4;

  private final List<EncodeBatch> requests = new ArrayList<>();

  EncodedJob(List<String> captions) {
    List<EncodeBatch.Item> items = new ArrayList<>();
    int chars = 0;
    for (String caption : captions) {
      if (!items.isEmpty() && chars + caption.length() > REQUEST_CHARS_MAX) {
        requests.add(new EncodeBatch(items));
        items = new ArrayList<>();
        chars = 0;
      }
      items.add(new EncodeBatch.Item(new RecordId(items.size() + 1), caption));
      chars += caption.length();
    }
    requests.add(new EncodeBatch(items));
  }

  List<EncodeBatch> requests() {
    return requests;
  }

  void run(CaptionEncoder encoder) throws InterruptedException, ExecutionException {
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
