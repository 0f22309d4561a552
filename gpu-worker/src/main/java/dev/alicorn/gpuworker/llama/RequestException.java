package dev.alicorn.gpuworker.llama;

/// A request that is not answered: its HTTP status, and a code and a sentence for its sender.
final class RequestException extends Exception {
  private static final long serialVersionUID = 1;

  private final int status;
  private final String code;

  RequestException(int status, String code, String message) {
    super(message);
    this.status = status;
    this.code = code;
  }

  static RequestException invalid(String message) {
    return new RequestException(400, "invalid_request", message);
  }

  int status() {
    return status;
  }

  String code() {
    return code;
  }
}
