package dev.alicorn.engine.job;

/// A name of the deployment that no longer stands for what the job began with; the message says
/// which, and the two ways out.
public final class BindingException extends Exception {
  private static final long serialVersionUID = 1;

  BindingException(String what, String then, String now) {
    super(
        what
            + " was "
            + then
            + " when the job began and is "
            + now
            + " now; set it back, or start another job with --new");
  }
}
