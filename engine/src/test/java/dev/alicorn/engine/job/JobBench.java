package dev.alicorn.engine.job;

import dev.alicorn.engine.scripted.ScriptedEndpoint;
import java.nio.file.Path;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.http.javadsl.Http;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// The actor system that a test class runs its jobs in.
final class JobBench implements AfterAllCallback {
  private final ActorTestKit actors = ActorTestKit.create();

  /// A job with its journal in an empty folder, to be refined and run.
  TestJob job(Path folder, ScriptedEndpoint endpoint) {
    return new TestJob(actors, folder, endpoint);
  }

  @Override
  public void afterAll(ExtensionContext context) {
    Http.get(actors.system()).shutdownAllConnectionPools().toCompletableFuture().join();
    actors.shutdownTestKit();
  }
}
