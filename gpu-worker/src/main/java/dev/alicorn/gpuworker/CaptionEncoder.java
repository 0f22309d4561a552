package dev.alicorn.gpuworker;

import dev.alicorn.gpuworker.batch.TokenBatch;
import dev.alicorn.gpuworker.tokenize.TokenSequence;
import dev.alicorn.protocol.Embedding;
import dev.alicorn.protocol.EncodeBatch;
import dev.alicorn.protocol.EncodedBatch;
import dev.alicorn.protocol.RecordId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// An encoder with threads of its own: from batches of captions to batches of vectors, each caption
/// judged by itself.
///
/// It owns its encoder and closes it. A window's captions are tokenised by all callers, sorted by
/// length, cut into batches by tokens and spread over the callers; the answer keeps the window's
/// order.
public final class CaptionEncoder implements AutoCloseable {
  /// Captions that one caller tokenises in a row.
  private static final int TOKENISED_AT_ONCE = 64;

  private final TextEncoder encoder;
  private final int batchTokensMax;
  private final ExecutorService callers;
  private volatile boolean closed;

  /// @param callers threads that call the encoder; on a CPU, as many as cores
  /// @param batchTokensMax padded tokens of one call
  public CaptionEncoder(TextEncoder encoder, int callers, int batchTokensMax) {
    if (batchTokensMax < 1) {
      throw new IllegalArgumentException("batchTokensMax: at least 1, not " + batchTokensMax);
    }
    this.encoder = encoder;
    this.batchTokensMax = batchTokensMax;
    this.callers =
        Executors.newFixedThreadPool(
            callers, Thread.ofPlatform().daemon().name("encoder-", 1).factory());
  }

  public TextEncoder encoder() {
    return encoder;
  }

  /// Encodes a batch and waits for it.
  ///
  /// @throws EncoderException where the backend fails as a whole
  public EncodedBatch encode(EncodeBatch batch) throws EncoderException {
    try {
      return submit(batch).join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof EncoderException failure) {
        throw failure;
      }
      throw e;
    }
  }

  /// Encodes a batch; the future fails with an [EncoderException] where the backend does.
  CompletableFuture<EncodedBatch> submit(EncodeBatch batch) {
    Window window = new Window(batch.items());
    return all(IntStream.iterate(
                0, from -> from < batch.items().size(), from -> from + TOKENISED_AT_ONCE)
            .<Runnable>mapToObj(from -> () -> window.tokenize(from)))
        .thenCompose(
            _ -> all(window.batches().stream().<Runnable>map(each -> () -> window.encode(each))))
        .thenApply(_ -> window.results());
  }

  private CompletableFuture<Void> all(Stream<Runnable> parts) {
    return CompletableFuture.allOf(
        parts
            .map(part -> CompletableFuture.runAsync(part, callers))
            .toArray(CompletableFuture[]::new));
  }

  /// Ends the batches in progress as failed, waits for the calls in progress and closes the
  /// encoder.
  @Override
  public void close() {
    closed = true;
    callers.shutdown();
    boolean interrupted = false;
    while (!callers.isTerminated()) {
      try {
        callers.awaitTermination(1, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    encoder.close();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static Optional<String> fault(Embedding vector) {
    double squares = 0;
    for (int i = 0; i < vector.dimension(); i++) {
      squares += (double) vector.get(i) * vector.get(i);
    }
    if (!Double.isFinite(squares)) {
      return Optional.of("the encoder gave a vector that is not finite");
    }
    return squares > 0 ? Optional.empty() : Optional.of("the encoder gave a zero vector");
  }

  /// The captions of one request on their way; each place is written once, by one thread.
  private final class Window {
    private final List<EncodeBatch.Item> items;
    private final TokenSequence[] tokens;
    private final EncodedBatch.Result[] results;

    /// The places of those that have any text.
    private final List<Integer> places = new ArrayList<>();

    private Window(List<EncodeBatch.Item> items) {
      this.items = items;
      this.tokens = new TokenSequence[items.size()];
      this.results = new EncodedBatch.Result[items.size()];
    }

    /// Tokenises the captions from a place on, as many as one caller does in a row.
    private void tokenize(int from) {
      for (int at = from; at < Math.min(items.size(), from + TOKENISED_AT_ONCE); at++) {
        tokens[at] = encoder.tokenize(items.get(at).text());
      }
    }

    private List<TokenBatch> batches() {
      for (int place = 0; place < items.size(); place++) {
        if (tokens[place].isBlank()) {
          results[place] = rejected(place, "the caption has no text that the encoder can read");
        } else {
          places.add(place);
        }
      }
      return encoder.cut(places.stream().map(place -> tokens[place]).toList(), batchTokensMax);
    }

    private void encode(TokenBatch batch) {
      if (closed) {
        throw new CompletionException(new EncoderException("the encoder is closed"));
      }
      List<Embedding> vectors;
      try {
        vectors = encoder.encode(batch);
      } catch (EncoderException e) {
        throw new CompletionException(e);
      }
      for (int row = 0; row < vectors.size(); row++) {
        int place = places.get(batch.places().get(row));
        Embedding vector = vectors.get(row);
        boolean truncated = batch.rows().get(row).truncated();
        Optional<String> fault = fault(vector);
        results[place] =
            fault.isPresent()
                ? rejected(place, fault.get())
                : new EncodedBatch.Encoded(record(place), vector, truncated);
      }
    }

    private EncodedBatch results() {
      return new EncodedBatch(Arrays.asList(results));
    }

    private EncodedBatch.Rejected rejected(int place, String reason) {
      return new EncodedBatch.Rejected(record(place), reason);
    }

    private RecordId record(int place) {
      return items.get(place).record();
    }
  }
}
