package dev.alicorn.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.alicorn.protocol.Price;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class DeploymentFileTest {
  private static final Path FOLDER = Path.of("conf");
  private static final String CANARY = "sk-canary-7f3a";
  private static final EndpointConfig LOCAL =
      new EndpointConfig.Llama(
          "smollm2-135m-instruct",
          4,
          new EndpointLimits(
              OptionalLong.empty(),
              OptionalLong.empty(),
              OptionalLong.empty(),
              OptionalLong.empty(),
              4,
              1,
              Duration.ofMinutes(10),
              1 << 20,
              Duration.ofMinutes(10)),
          Price.FREE,
          chat(Dialect.ChatSchema.RESPONSE_FORMAT));
  private static final EncoderConfig MINILM =
      new EncoderConfig.Onnx(
          new EncoderSource.Catalogue("all-minilm-l6-v2"), OptionalInt.empty(), 0);

  @Test
  void everyKeyHasADefault() {
    assertThat(DeploymentFile.defaults())
        .isEqualTo(
            new Deployment(
                Map.of("local", LOCAL),
                Map.of(),
                Map.of("minilm", MINILM),
                new GatewayConfig("127.0.0.1", 8741, Optional.empty(), Optional.empty(), List.of()),
                new JournalConfig(64, Duration.ofMillis(50), 2L << 30),
                new ClusterConfig("127.0.0.1", 0, Optional.empty()),
                Optional.empty()));
    assertThat(DeploymentFile.defaults().hasWorkers()).isFalse();
  }

  @Test
  void readsEveryKey() throws ConfigException {
    Deployment deployment =
        parse(
            """
            endpoints {
              big { kind = openai, url = "http://host:8000/v1/", model = "Qwen2.5-72B-Instruct", key = "%s"
                    requests_per_minute = 600, tokens_per_minute = 1M
                    input_tokens_per_minute = 800k, output_tokens_per_minute = 200k, max_in_flight = 32, weight = 2
                    call_deadline = 90s, response_bytes_max = 2MiB, give_up_after = 3m, json_schema = guided_json
                    output_limit = max_completion_tokens, send_temperature = false, send_seed = true
                    price { input_per_million = 0.10, cached_input_per_million = 0.025
                            output_per_million = 0.40, currency = EUR } }
              claude { kind = anthropic, model = claude-haiku-4-5, key = "%s", json_schema = tool
                       send_temperature = true, price { input_per_million = 1, output_per_million = 5 } }
              small { kind = llama, model = other, slots = 2 }
            }
            encoders {
              clip { kind = onnx, folder = jina-clip-v1, callers = 2, processes = 3 }
              fast { kind = tensorrt, folder = jina-clip-v1, libraries = trt, precision = fp32
                     batch_tokens = 16k, callers = 3, processes = 2 }
              far  { kind = remote }
            }
            cluster  { host = "10.0.0.7", port = 2552
                       tls { certificate = me.pem, key = me.key, authority = /etc/ca.pem } }
            gateway  { host = 0.0.0.0, port = 1, tokens_file = tokens, seed_roots = [ "/data", more ]
                       tls { certificate = server.pem, key = /etc/server.key } }
            journal  { barrier_records = 1, barrier_interval = 1s, reserve = 0 }
            """
                .formatted(CANARY, CANARY));

    EndpointConfig.Llama small =
        (EndpointConfig.Llama) deployment.endpoint("caption.endpoint", "small");
    assertThat(small.slots()).isEqualTo(2);
    assertThat(small.limits().maxInFlight()).isEqualTo(2);
    assertThat(deployment.endpoints()).containsOnlyKeys("big", "claude", "local", "small");
    assertThat(deployment.endpoint("caption.endpoint", "big"))
        .isEqualTo(
            new EndpointConfig.Remote(
                URI.create("http://host:8000/v1"),
                "Qwen2.5-72B-Instruct",
                Optional.of(new Secret(CANARY)),
                new EndpointLimits(
                    OptionalLong.of(600),
                    OptionalLong.of(1_000_000),
                    OptionalLong.of(800_000),
                    OptionalLong.of(200_000),
                    32,
                    2,
                    Duration.ofSeconds(90),
                    2 << 20,
                    Duration.ofMinutes(3)),
                new Price(
                    new BigDecimal("0.10"), new BigDecimal("0.025"), new BigDecimal("0.40"), "EUR"),
                new Dialect.Chat(
                    Dialect.OutputLimit.MAX_COMPLETION_TOKENS,
                    Dialect.ChatSchema.GUIDED_JSON,
                    false,
                    true)));
    assertThat(deployment.endpoint("caption.endpoint", "claude"))
        .isEqualTo(
            new EndpointConfig.Remote(
                URI.create("https://api.anthropic.com/v1"),
                "claude-haiku-4-5",
                Optional.of(new Secret(CANARY)),
                new EndpointLimits(
                    OptionalLong.empty(),
                    OptionalLong.empty(),
                    OptionalLong.empty(),
                    OptionalLong.empty(),
                    16,
                    1,
                    Duration.ofMinutes(5),
                    1 << 20,
                    Duration.ofMinutes(10)),
                new Price(BigDecimal.ONE, BigDecimal.ONE, new BigDecimal("5"), "USD"),
                new Dialect.Messages(Dialect.MessagesSchema.TOOL, true)));
    assertThat(deployment.encoders())
        .containsExactly(
            Map.entry(
                "clip",
                new EncoderConfig.Onnx(
                    new EncoderSource.Folder(FOLDER.resolve("jina-clip-v1")),
                    OptionalInt.of(2),
                    3)),
            Map.entry("far", new EncoderConfig.Remote()),
            Map.entry(
                "fast",
                new EncoderConfig.TensorRt(
                    new EncoderSource.Folder(FOLDER.resolve("jina-clip-v1")),
                    Optional.of(FOLDER.resolve("trt")),
                    EncoderConfig.TensorRt.Precision.FP32,
                    16_000,
                    OptionalInt.of(3),
                    2)),
            Map.entry("minilm", MINILM));
    assertThat(deployment.cluster())
        .isEqualTo(
            new ClusterConfig(
                "10.0.0.7",
                2552,
                Optional.of(
                    new ClusterConfig.Tls(
                        FOLDER.resolve("me.pem"),
                        FOLDER.resolve("me.key"),
                        Path.of("/etc/ca.pem")))));
    assertThat(deployment.gateway())
        .isEqualTo(
            new GatewayConfig(
                "0.0.0.0",
                1,
                Optional.of(FOLDER.resolve("tokens")),
                Optional.of(
                    new GatewayConfig.Tls(
                        FOLDER.resolve("server.pem"), Path.of("/etc/server.key"))),
                List.of(Path.of("/data"), FOLDER.resolve("more"))));
    assertThat(deployment.journal()).isEqualTo(new JournalConfig(1, Duration.ofSeconds(1), 0));
    assertThat(deployment.toString()).contains("***").doesNotContain(CANARY);
  }

  @ParameterizedTest
  @CsvSource({
    "true, RESPONSE_FORMAT",
    "response_format, RESPONSE_FORMAT",
    "strict, STRICT",
    "guided_json, GUIDED_JSON",
    "none, NONE",
    "false, NONE"
  })
  void aSchemaIsToldInTheFormThatTheServerKnows(String written, Dialect.ChatSchema form)
      throws ConfigException {
    Deployment deployment =
        parse(
            "endpoints.x { kind = openai, url = \"http://h\", model = m, json_schema = "
                + written
                + " }");

    assertThat(deployment.endpoint("caption.endpoint", "x").dialect()).isEqualTo(chat(form));
  }

  @Test
  void aKeyComesFromTheEnvironmentOrIsNone() throws ConfigException {
    String entry =
        "endpoints.big { kind = openai, url = \"https://host\", model = m, key = ${?%s} }";
    EndpointConfig with = parse(entry.formatted("PATH")).endpoint("caption.endpoint", "big");
    EndpointConfig without =
        parse(entry.formatted("ALICORN_UNSET_NAME")).endpoint("caption.endpoint", "big");

    assertThat(((EndpointConfig.Remote) with).key())
        .contains(new Secret(String.valueOf(System.getenv("PATH"))));
    assertThat(((EndpointConfig.Remote) without).key()).isEmpty();
  }

  @Test
  void anEntryReplacesADefaultOfItsNameAsAWhole() throws ConfigException {
    assertThat(
            parse("endpoints.local { kind = openai, url = \"http://host\", model = m }")
                .endpoint("caption.endpoint", "local"))
        .isInstanceOf(EndpointConfig.Remote.class);
  }

  @Test
  void anUnknownNameNamesTheNearest() {
    Deployment deployment = DeploymentFile.defaults();
    assertThatThrownBy(() -> deployment.endpoint("caption.endpoint", "lokal"))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "caption.endpoint: no endpoint of alicorn.conf is called \"lokal\"; did you mean"
                + " \"local\"?");
    assertThatThrownBy(() -> deployment.encoder("embed.encoder", "minilmm"))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "embed.encoder: no encoder of alicorn.conf is called \"minilmm\"; did you mean"
                + " \"minilm\"?");
  }

  private static final String TWO =
      """
      endpoints {
        a { kind = openai, url = "http://a/v1", model = qwen }
        b { kind = openai, url = "http://b/v1", model = %s, weight = 3 }
        team { kind = pool, endpoints = [b, a] %s }
      }
      """;

  @Test
  void aPoolIsKnownByTheModelThatItsEndpointsShare() throws ConfigException {
    Deployment deployment = parse(TWO.formatted("qwen", ""));

    assertThat(deployment.endpoints()).containsOnlyKeys("a", "b", "local");
    assertThat(deployment.serving("caption", "team", false))
        .isEqualTo(new PoolConfig(List.of("b", "a"), "qwen"));
    assertThat(deployment.serving("caption", "a", false))
        .isEqualTo(new PoolConfig(List.of("a"), "qwen"));
  }

  @Test
  void aModelOfAnotherNameNeedsTheJobsConsent() throws ConfigException {
    Deployment deployment = parse(TWO.formatted("llama", ", model = qwen"));

    assertThat(deployment.serving("instruct", "team", true).model()).isEqualTo("qwen");
    assertThatThrownBy(() -> deployment.serving("instruct", "team", false))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "instruct.endpoint: endpoint b of pool team serves llama, not qwen; take it out of"
                + " endpoints.team.endpoints, or write instruct.other_models = true");
    assertThatThrownBy(() -> deployment.serving("caption", "teem", false))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("did you mean \"team\"?");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "encoders.minilm { kind = onnx, model = m, processes = 1 } | true",
        "encoders.far { kind = remote } | true",
        "cluster.port = 2552 | true",
        "cluster.host = localhost | false",
        "encoders.minilm { kind = onnx, model = m, callers = 3 } | false"
      })
  void workersJoinOnlyWhereTheDeploymentHasAny(String text, boolean any) throws ConfigException {
    assertThat(parse(text).hasWorkers()).isEqualTo(any);
  }

  static Stream<Arguments> wrong() {
    return Stream.of(
        Arguments.of(
            "endpoints {\n x { kind = antropic } }",
            "alicorn.conf:2: endpoints.x.kind: \"antropic\" is none of [anthropic, llama, openai, pool];"
                + " did you mean \"anthropic\"?"),
        Arguments.of(
            "endpoints { x { kind = openai, url = \"http://h\", model = m, json_schema = guided } }",
            "alicorn.conf:1: endpoints.x.json_schema: \"guided\" is none of [guided_json, none,"
                + " response_format, strict]; did you mean \"guided_json\"?"),
        Arguments.of(
            "endpoints { x { kind = anthropic, model = m, output_limit = max_tokens } }",
            "alicorn.conf:1: endpoints.x.output_limit is not a key; did you mean"
                + " endpoints.x.max_in_flight?"),
        Arguments.of(
            TWO.formatted("llama", ""),
            "alicorn.conf:4: endpoints.team.model: its endpoints serve [llama, qwen]; name the one"
                + " that jobs are to know it by"),
        Arguments.of(
            "endpoints { team { kind = pool, endpoints = [locl] } }",
            "alicorn.conf:1: endpoints.team.endpoints: no endpoint is called \"locl\"; did you"
                + " mean \"local\"?"),
        Arguments.of(
            "endpoints { team { kind = pool, endpoints = [local, local] } }",
            "alicorn.conf:1: endpoints.team.endpoints: name at least one endpoint, and each once"),
        Arguments.of(
            "endpoints { c { kind = anthropic, model = m, key = k }\n"
                + " team { kind = pool, endpoints = [local, c], model = m } }",
            "alicorn.conf:2: endpoints.team.endpoints: they do not all speak one wire format, on"
                + " which call keys depend; make a pool of each kind"),
        Arguments.of(
            "encoders { x { kind = tensort, model = m } }",
            "alicorn.conf:1: encoders.x.kind: \"tensort\" is none of [onnx, remote, tensorrt]; did you mean"
                + " \"tensorrt\"?"),
        Arguments.of(
            "encoders { x { kind = tensorrt, model = m, processes = 0 } }",
            "alicorn.conf:1: encoders.x.processes: it is 0; write a whole number from 1 to 64"),
        Arguments.of(
            "encoders { x { kind = remote, model = m } }",
            "alicorn.conf:1: encoders.x.model is not a key; did you mean encoders.x.kind?"),
        Arguments.of(
            "encoders { x { kind = onnx, model = m, processes = 65 } }",
            "alicorn.conf:1: encoders.x.processes: it is 65; write a whole number from 0 to 64"),
        Arguments.of(
            "cluster {\n host = 10.0.0.7 }",
            "alicorn.conf:2: cluster.host: 10.0.0.7 can be reached from outside; give cluster.tls {"
                + " certificate, key, authority }, or use 127.0.0.1"),
        Arguments.of(
            "cluster { host = 0.0.0.0 }",
            "alicorn.conf:1: cluster.host: 0.0.0.0 is no address that others can connect to; name"
                + " one of this machine's own"),
        Arguments.of(
            "cluster.tls { certificate = a, key = b }",
            "alicorn.conf:1: cluster.tls.authority: it has no value; write a text"),
        Arguments.of(
            "endpoints { x { model = m } }",
            "alicorn.conf:1: endpoints.x.kind: it has no value; write one of [anthropic, llama,"
                + " openai, pool]"),
        Arguments.of(
            "endpoints { x { kind = openai, model = m } }",
            "alicorn.conf:1: endpoints.x.url: it has no value; write a text"),
        Arguments.of(
            "endpoints { x { kind = llama, model = m, url = \"http://h\" } }",
            "alicorn.conf:1: endpoints.x.url is not a key; did you mean endpoints.x.kind?"),
        Arguments.of(
            "endpoints { x { kind = llama, model = m, requests_per_minute = 0 } }",
            "alicorn.conf:1: endpoints.x.requests_per_minute: a limit of 0 lets no call through;"
                + " write null for none"),
        Arguments.of(
            "endpoints { x { kind = llama, model = m, price { currency = dollars } } }",
            "alicorn.conf:1: endpoints.x.price.currency: write three capital letters, such as"
                + " USD"),
        Arguments.of(
            "endpoints { x { kind = llama, model = m, call_deadline = 5 } }",
            "alicorn.conf:1: endpoints.x.call_deadline: it is \"5\"; write a time span with its"
                + " unit, such as 50ms or 5m"),
        Arguments.of(
            "endpoints { \"a b\" { kind = llama } }",
            "alicorn.conf:1: endpoints.a b is no name; use 1 to 64 letters, digits, dots, _ and"
                + " -"),
        Arguments.of(
            "encoders { none { kind = onnx, model = m } }",
            "alicorn.conf:1: encoders.none: encoder = none leaves the step out of a job; choose"
                + " another name"),
        Arguments.of(
            "gateway {\n host = 0.0.0.0 }",
            "alicorn.conf:2: gateway.host: 0.0.0.0 can be reached from outside; give"
                + " gateway.tokens_file and gateway.tls, or use 127.0.0.1"),
        Arguments.of(
            "gateway.port = 70000",
            "alicorn.conf:1: gateway.port: it is 70000; write a whole number from 0 to 65535"),
        Arguments.of(
            "gateway.tls { certificate = a }",
            "alicorn.conf:1: gateway.tls.key: it has no value; write a text"),
        Arguments.of(
            "journal { reserve = lots }",
            "alicorn.conf:1: journal.reserve: it is \"lots\"; write a size with its unit, such as"
                + " 2GiB"),
        Arguments.of(
            "journal { barrier_record = 1 }",
            "alicorn.conf:1: journal.barrier_record is not a key; did you mean"
                + " journal.barrier_records?"));
  }

  @ParameterizedTest
  @MethodSource("wrong")
  void aWrongDeploymentIsOneSentence(String text, String sentence) {
    assertThatThrownBy(() -> parse(text)).isInstanceOf(ConfigException.class).hasMessage(sentence);
  }

  static Stream<String> secretsGoneAstray() {
    String entry = "endpoints.x { kind = openai, url = \"http://host\", model = m\n %s }";
    return Stream.of(
            "key = \"" + CANARY + " \"",
            "key = { a = " + CANARY + " }",
            "key = [" + CANARY + "]",
            "key = " + CANARY + "!",
            "key = \"" + CANARY,
            "key = " + CANARY + " { a = 1 }",
            "key = '" + CANARY + "@x'",
            "url = \"http://user:" + CANARY + "@host\"",
            "url = \"http://host/?key=" + CANARY + "\"")
        .map(entry::formatted);
  }

  @ParameterizedTest
  @MethodSource("secretsGoneAstray")
  void noErrorRepeatsASecret(String text) {
    assertThatThrownBy(() -> parse(text))
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith("alicorn.conf:2: ")
        .hasMessageNotContaining(CANARY);
  }

  private static Dialect chat(Dialect.ChatSchema schema) {
    return new Dialect.Chat(Dialect.OutputLimit.MAX_TOKENS, schema, true, false);
  }

  private static Deployment parse(String text) throws ConfigException {
    return DeploymentFile.parse(text, FOLDER);
  }
}
