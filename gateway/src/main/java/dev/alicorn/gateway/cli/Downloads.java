package dev.alicorn.gateway.cli;

import dev.alicorn.gpuworker.model.Progress;
import java.util.List;

/// The fetching of a model, shown as any other progress; in MB.
final class Downloads implements Progress, AutoCloseable {
  private final ProgressView view = ProgressView.ofTerminal();

  @Override
  public void update(long doneBytes, long totalBytes, String what) {
    view.show(List.of(StepProgress.ofBytes(what, Math.min(doneBytes, totalBytes), totalBytes)));
  }

  @Override
  public void close() {
    view.close();
  }
}
