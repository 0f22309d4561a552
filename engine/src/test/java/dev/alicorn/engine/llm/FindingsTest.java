package dev.alicorn.engine.llm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alicorn.config.Dialect;
import dev.alicorn.protocol.Bytes;
import dev.alicorn.protocol.Capabilities;
import dev.alicorn.protocol.Capabilities.Known;
import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class FindingsTest {
  private static final EndpointSettings CHAT = Endpoints.at(URI.create("http://localhost/v1"));
  private static final EndpointSettings MESSAGES =
      Endpoints.speaking(CHAT, new Dialect.Messages(Dialect.MessagesSchema.OUTPUT_CONFIG, false));
  private static final EndpointSettings UNTOLD =
      Endpoints.speaking(CHAT, new Dialect.Messages(Dialect.MessagesSchema.NONE, false));

  @Test
  void aSchemaIsBoundToWhereItIsSentUnlessTheEndpointSaysNo() {
    assertThat(schema(CHAT, Known.UNKNOWN)).isEqualTo(Known.YES);
    assertThat(schema(CHAT, Known.YES)).isEqualTo(Known.YES);
    assertThat(schema(CHAT, Known.NO)).isEqualTo(Known.NO);
    assertThat(schema(UNTOLD, Known.YES)).isEqualTo(Known.NO);
  }

  @Test
  void aSchemaThatIsSentInVainIsRemarkedOn() {
    assertThat(ready(CHAT, Known.NO).remarks())
        .singleElement()
        .asString()
        .startsWith("endpoints.big.json_schema: ")
        .endsWith("; write none");
    assertThat(ready(MESSAGES, Known.NO).remarks())
        .singleElement()
        .asString()
        .endsWith("; write tool");
    assertThat(ready(UNTOLD, Known.NO).remarks()).isEmpty();
  }

  @Test
  void anEmptyListSaysThatItIsEmpty() {
    Findings findings =
        new Findings(CHAT, Capabilities.UNKNOWN, ModelList.read(Bytes.utf8("{\"data\":[]}")));

    assertThat(findings.ready().remarks())
        .containsExactly(
            "endpoints.big.model: the endpoint does not list a model \"scripted\"; it lists none");
  }

  private static Known schema(EndpointSettings endpoint, Known said) {
    return ready(endpoint, said).capabilities().jsonSchema();
  }

  private static Probe.Ready ready(EndpointSettings endpoint, Known said) {
    return new Findings(endpoint, Capabilities.UNKNOWN.withJsonSchema(said), Optional.empty())
        .ready();
  }
}
