package dev.alicorn.bench.measure;

/// Words on the command line that a bench does not know, in one sentence.
public final class BadUsageException extends Exception {
  private static final long serialVersionUID = 1;

  public BadUsageException(String sentence) {
    super(sentence);
  }
}
