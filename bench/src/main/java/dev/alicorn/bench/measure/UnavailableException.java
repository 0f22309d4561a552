package dev.alicorn.bench.measure;

/// What a bench needs and this machine lacks, in one sentence.
public final class UnavailableException extends Exception {
  private static final long serialVersionUID = 1;

  public UnavailableException(String sentence) {
    super(sentence);
  }
}
