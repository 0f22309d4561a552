package dev.alicorn.engine.llm;

import dev.alicorn.config.Dialect;
import dev.alicorn.protocol.Capabilities;
import dev.alicorn.protocol.Capabilities.Known;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What an endpoint said of itself and of its models, held against its settings.
///
/// @param said what it says that it can do
/// @param lacking its list of models, where the one of the settings is not in it
record Findings(EndpointSettings endpoint, Capabilities said, Optional<ModelList> lacking) {

  /// A schema is bound to where it is sent, unless the endpoint says otherwise.
  Probe.Ready ready() {
    boolean told = endpoint.dialect().tellsSchema();
    Known bound = told && said.jsonSchema() != Known.NO ? Known.YES : Known.NO;
    List<String> remarks =
        Stream.of(lacking.map(this::missing), told ? unbound() : Optional.<String>empty())
            .flatMap(Optional::stream)
            .toList();
    return new Probe.Ready(said.withJsonSchema(bound), remarks);
  }

  private String missing(ModelList models) {
    List<String> nearest = models.nearest(endpoint.model());
    String wrong =
        key("model") + ": the endpoint does not list a model \"" + endpoint.model() + "\"; ";
    return nearest.isEmpty()
        ? wrong + "it lists none"
        : wrong + "its nearest are \"" + String.join("\", \"", nearest) + "\"";
  }

  private Optional<String> unbound() {
    String instead =
        switch (endpoint.dialect()) {
          case Dialect.Chat _ -> "none";
          case Dialect.Messages _ -> "tool";
        };
    return said.jsonSchema() == Known.NO
        ? Optional.of(
            key("json_schema")
                + ": the endpoint says that this model does not bind to a schema so sent; write "
                + instead)
        : Optional.empty();
  }

  private String key(String last) {
    return "endpoints." + endpoint.name() + "." + last;
  }
}
