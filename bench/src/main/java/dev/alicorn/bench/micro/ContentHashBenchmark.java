package dev.alicorn.bench.micro;

import dev.alicorn.protocol.ContentHash;
import java.util.Random;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/// Hashing what is hashed most: call keys and captions, about a kibibyte each.
@State(Scope.Benchmark)
public class ContentHashBenchmark {
  private final byte[] kibibyte = new byte[1024];

  public ContentHashBenchmark() {
    new Random(1).nextBytes(kibibyte);
  }

  @Benchmark
  public ContentHash kibibyte() {
    return ContentHash.of(kibibyte);
  }
}
