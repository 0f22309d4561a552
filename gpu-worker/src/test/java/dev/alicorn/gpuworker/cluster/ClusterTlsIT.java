package dev.alicorn.gpuworker.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.alicorn.config.ClusterConfig;
import dev.alicorn.gpuworker.EncoderException;
import dev.alicorn.gpuworker.EncoderWorker;
import dev.alicorn.gpuworker.folder.CatalogueEncoders;
import dev.alicorn.gpuworker.onnx.OnnxEncoder;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Workers that show a certificate.
class ClusterTlsIT {
  @TempDir Path folder;

  @BeforeEach
  void certify() throws Exception {
    for (String authority : List.of("ours", "theirs")) {
      openssl(
          "req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=%1$s -keyout %1$s.key -out %1$s.pem"
              .formatted(authority));
      openssl(
          "req -newkey rsa:2048 -nodes -subj /CN=alicorn -keyout of-%1$s.key -out of-%1$s.csr"
              .formatted(authority));
      openssl(
          "x509 -req -in of-%1$s.csr -CA %1$s.pem -CAkey %1$s.key -CAcreateserial -days 2 -out of-%1$s.pem"
              .formatted(authority));
    }
  }

  @Test
  void letsInWhoIsOfTheSameAuthority() throws Exception {
    try (WorkerBench bench = new WorkerBench(config("ours", "ours"), 0, _ -> 1);
        WorkerNode worker = worker(bench, config("ours", "ours"))) {
      bench.open();
      var batches = WorkerBench.batches(7, 1);
      bench.encode(batches.getFirst());
      assertThat(List.of(bench.done())).isEqualTo(WorkerBench.inProcess(batches));
      worker.leave();
      assertThat(worker.awaitEnd()).isEqualTo("it was asked to leave");
    }
  }

  @Test
  void doesNotLetInWhoIsOfAnother() throws Exception {
    try (WorkerBench bench = new WorkerBench(config("ours", "ours"), 0, _ -> 1);
        // It trusts the engine, and has no certificate that the engine trusts.
        WorkerNode worker = worker(bench, config("theirs", "ours"))) {
      assertThat(worker.awaitEnd())
          .startsWith("the engine at " + bench.address() + " does not answer")
          .contains("certificates");
      assertThat(bench.batchesByWorker).isEmpty();
    }
  }

  @Test
  void namesAFileThatIsNotThere() {
    assertThatThrownBy(() -> ClusterNode.engine(config("nobody", "ours")))
        .isInstanceOf(EncoderException.class)
        .hasMessage(
            "cluster.tls.certificate: %s cannot be read; check its name and rights",
            folder.resolve("of-nobody.pem"));
  }

  private WorkerNode worker(WorkerBench bench, ClusterConfig config) throws Exception {
    return WorkerNode.join(
        new WorkerNode.Settings(WorkerBench.ENCODER, bench.address(), config, 0, false),
        OnnxEncoder.open(CatalogueEncoders.minilm()),
        new EncoderWorker.Settings(1, 8192, 4, 16));
  }

  private ClusterConfig config(String of, String authority) {
    return new ClusterConfig(
        "127.0.0.1",
        0,
        Optional.of(
            new ClusterConfig.Tls(
                folder.resolve("of-" + of + ".pem"),
                folder.resolve("of-" + of + ".key"),
                folder.resolve(authority + ".pem"))));
  }

  private void openssl(String arguments) throws Exception {
    Process openssl =
        new ProcessBuilder(("openssl " + arguments).split(" ", -1))
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("openssl.txt").toFile())
            .start();
    assertThat(openssl.waitFor()).isZero();
  }
}
