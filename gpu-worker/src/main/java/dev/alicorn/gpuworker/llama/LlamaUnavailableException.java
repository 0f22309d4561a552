package dev.alicorn.gpuworker.llama;

/// A local language model that cannot be had: one sentence that says what, where and the mend.
public final class LlamaUnavailableException extends Exception {
  private static final long serialVersionUID = 1;

  LlamaUnavailableException(String message) {
    super(message);
  }

  LlamaUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
