package dev.alicorn.gateway.doctor;

import dev.alicorn.config.EndpointConfig;
import dev.alicorn.gpuworker.model.Model;
import dev.alicorn.gpuworker.model.ModelCatalogue;
import dev.alicorn.gpuworker.model.ModelStore;
import java.util.Optional;

/// Whether an endpoint that is a process of ours has its model; the process is not started.
///
/// @param name what the deployment calls it
record LocalEndpointCheck(String name, EndpointConfig.Llama endpoint, ModelStore models)
    implements Check {

  @Override
  public String subject() {
    return "endpoint " + name;
  }

  @Override
  public Diagnosis look() {
    Optional<Model> model = ModelCatalogue.find(endpoint.model(), Model.Use.LANGUAGE);
    if (model.isEmpty()) {
      return ModelCheck.unknown(endpoint.model(), Model.Use.LANGUAGE);
    }
    String sentence = endpoint.model() + " on this machine, started when a job needs it";
    return models.has(model.get())
        ? Diagnosis.ok(sentence)
        : Diagnosis.none(sentence + ", once its model is fetched");
  }
}
