package dev.alicorn.gateway.cli;

import dev.alicorn.config.Deployment;
import dev.alicorn.gateway.daemon.Daemon;
import dev.alicorn.gateway.http.GatewayServer;
import dev.alicorn.gpuworker.model.ModelStore;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `alicorn serve`: the daemon.
@Command(
    name = "serve",
    description = "Runs the daemon: jobs come over HTTP, and go on when it is started again.")
final class ServeCommand implements Callable<Integer> {
  @Mixin private DeploymentOptions options = new DeploymentOptions();

  @Override
  public Integer call() throws Exception {
    Deployment deployment = options.deployment();
    CountDownLatch asked = new CountDownLatch(1);
    try (OnInterrupt _ = OnInterrupt.doing(asked::countDown)) {
      serve(deployment, asked);
      // By itself, a process that a signal ends has the signal's exit code.
      Runtime.getRuntime().halt(ExitCode.DONE.code());
    }
    return ExitCode.DONE.code();
  }

  private void serve(Deployment deployment, CountDownLatch asked) throws Exception {
    try (Downloads downloads = new Downloads();
        Daemon daemon =
            Daemon.open(
                deployment,
                options.jobs(),
                new ModelStore(options.modelsFolder()),
                downloads,
                Version.number());
        GatewayServer server = bind(daemon, deployment)) {
      System.err.println("listening on " + server.url());
      asked.await();
      System.err.println("stopping: waiting for the calls in flight, whose replies are kept");
    }
  }

  private static GatewayServer bind(Daemon daemon, Deployment deployment) throws Exception {
    try {
      return GatewayServer.bind(daemon, deployment.gateway());
    } catch (ExecutionException e) {
      throw new CommandFailure(
          ExitCode.UNAVAILABLE,
          "gateway.port: "
              + deployment.gateway().host()
              + ":"
              + deployment.gateway().port()
              + " cannot be listened on ("
              + Objects.requireNonNull(e.getCause()).getMessage()
              + "); free it, or name another port");
    }
  }
}
