package dev.alicorn.gateway.doctor;

import dev.alicorn.config.Deployment;
import dev.alicorn.config.EncoderConfig;
import dev.alicorn.config.EncoderSource;
import dev.alicorn.config.EndpointConfig;
import dev.alicorn.engine.job.DiskReserve;
import dev.alicorn.gateway.wiring.EndpointProbes;
import dev.alicorn.gateway.wiring.FileDescriptors;
import dev.alicorn.gpuworker.device.DeviceProbe;
import dev.alicorn.gpuworker.model.Model;
import dev.alicorn.gpuworker.model.ModelStore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// The list of checks; a new one is a file of its own and a line here.
public final class Checks {
  private Checks() {}

  /// A doctor for a machine and a deployment.
  ///
  /// @param data where jobs are to lie; need not be there
  public static Doctor of(
      Deployment deployment, Path data, ModelStore models, EndpointProbes probes) {
    DataFolder folder = new DataFolder(data);
    DiskReserve reserve = DiskReserve.of(deployment.journal().reserveBytes());
    ControlGroups groups = ControlGroups.here();
    List<Check> checks = new ArrayList<>();
    checks.add(CpuCheck.here(groups));
    checks.add(MemoryCheck.here(groups));
    checks.add(new DataFolderCheck(folder, reserve));
    checks.add(new DiskCheck(folder, reserve, deployment.journal().barrierInterval()));
    checks.add(new OpenFilesCheck(FileDescriptors.allowed(), callsInFlightMax(deployment)));
    checks.add(JavaCheck.here());
    models(deployment).forEach((id, use) -> checks.add(new ModelCheck(id, use, models)));
    deployment
        .encoders()
        .forEach((name, config) -> checks.add(new EncoderCheck(name, config, models)));
    deployment
        .endpoints()
        .forEach((name, config) ->
            checks.add(
                switch (config) {
                  case EndpointConfig.Remote remote -> new EndpointCheck(name, remote, probes);
                  case EndpointConfig.Llama llama -> new LocalEndpointCheck(name, llama, models);
                }));
    List<EncoderConfig.TensorRt> tensorRt =
        deployment.encoders().values().stream()
            .filter(EncoderConfig.TensorRt.class::isInstance)
            .map(EncoderConfig.TensorRt.class::cast)
            .toList();
    checks.add(new GpuCheck(DeviceProbe::ask, !tensorRt.isEmpty()));
    checks.add(
        new TensorRtCheck(
            tensorRt.stream().map(EncoderConfig.TensorRt::libraries).findFirst().flatMap(it -> it),
            Optional.ofNullable(System.getenv("TENSORRT_HOME")),
            !tensorRt.isEmpty()));
    return new Doctor(checks);
  }

  private static int callsInFlightMax(Deployment deployment) {
    return deployment.endpoints().values().stream()
        .mapToInt(endpoint -> endpoint.limits().maxInFlight())
        .sum();
  }

  /// The models of the catalogue that endpoints and encoders need, each once, in the order of their
  /// ids.
  private static SortedMap<String, Model.Use> models(Deployment deployment) {
    SortedMap<String, Model.Use> uses = new TreeMap<>();
    for (EndpointConfig endpoint : deployment.endpoints().values()) {
      if (endpoint instanceof EndpointConfig.Llama llama) {
        uses.put(llama.model(), Model.Use.LANGUAGE);
      }
    }
    for (EncoderConfig encoder : deployment.encoders().values()) {
      if (encoder instanceof EncoderConfig.Local local
          && local.source() instanceof EncoderSource.Catalogue(String id)) {
        uses.put(id, Model.Use.ENCODER);
      }
    }
    return uses;
  }
}
