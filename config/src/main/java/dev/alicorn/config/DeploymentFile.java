package dev.alicorn.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.stream.Stream;

/// The reader of `alicorn.conf`; its defaults are `alicorn-reference.conf`.
public final class DeploymentFile {
  static final List<String> KEYS =
      List.of("endpoints", "encoders", "gateway", "journal", "cluster");
  static final List<String> ONNX = List.of("kind", "model", "folder", "callers", "processes");
  static final List<String> TENSORRT =
      List.of(
          "kind",
          "model",
          "folder",
          "libraries",
          "precision",
          "batch_tokens",
          "callers",
          "processes");
  static final List<String> REMOTE = List.of("kind");
  static final List<String> GATEWAY = List.of("host", "port", "tokens_file", "tls", "seed_roots");
  static final List<String> TLS = List.of("certificate", "key");
  static final List<String> CLUSTER = List.of("host", "port", "tls");
  static final List<String> CLUSTER_TLS = List.of("certificate", "key", "authority");
  static final List<String> JOURNAL = List.of("barrier_records", "barrier_interval", "reserve");

  private static final int PROCESSES_MAX = 64;
  private static final List<String> ENCODER =
      Stream.concat(ONNX.stream(), TENSORRT.stream()).distinct().toList();

  /// All defaults, with `kinds`: what an entry of a kind may have, and its defaults.
  static final ConfigObject REFERENCE = ConfSource.resource("alicorn-reference.conf");

  private DeploymentFile() {}

  /// The deployment of a file; relative paths in it start at its folder.
  public static Deployment load(Path file) throws ConfigException {
    Path folder = file.toAbsolutePath().getParent();
    return read(
        ConfSource.file(file), folder == null ? file.toAbsolutePath() : folder, Optional.of(file));
  }

  /// The deployment of HOCON text.
  ///
  /// @param folder where relative paths start
  public static Deployment parse(String text, Path folder) throws ConfigException {
    return read(ConfSource.trusted(text, "alicorn.conf"), folder, Optional.empty());
  }

  /// The deployment without a file.
  public static Deployment defaults() {
    try {
      return read(ConfigFactory.empty().root(), Path.of(""), Optional.empty());
    } catch (ConfigException e) {
      throw new AssertionError(e);
    }
  }

  private static Deployment read(ConfigObject given, Path folder, Optional<Path> file)
      throws ConfigException {
    ConfReader conf = ConfReader.of(given, REFERENCE, KEYS);
    Config kinds = REFERENCE.toConfig().getConfig("kinds");
    Map<String, EndpointConfig> endpoints = new TreeMap<>();
    Map<String, PoolConfig> pools = new TreeMap<>();
    readEndpoints(conf, kinds, endpoints, pools);
    return new Deployment(
        endpoints,
        pools,
        encoders(conf, kinds, folder),
        gateway(conf.object("gateway", GATEWAY), folder),
        journal(conf.object("journal", JOURNAL)),
        cluster(conf.object("cluster", CLUSTER), folder),
        file);
  }

  private static void readEndpoints(
      ConfReader conf,
      Config kinds,
      Map<String, EndpointConfig> endpoints,
      Map<String, PoolConfig> pools)
      throws ConfigException {
    Map<String, ConfReader> entries = conf.entries("endpoints", EndpointReader.KEYS);
    for (Map.Entry<String, ConfReader> entry : entries.entrySet()) {
      if (!EndpointReader.isPool(entry.getValue())) {
        endpoints.put(entry.getKey(), EndpointReader.read(entry.getValue(), kinds));
      }
    }
    for (Map.Entry<String, ConfReader> entry : entries.entrySet()) {
      if (EndpointReader.isPool(entry.getValue())) {
        pools.put(entry.getKey(), EndpointReader.readPool(entry.getValue(), kinds, endpoints));
      }
    }
  }

  private static Map<String, EncoderConfig> encoders(ConfReader conf, Config kinds, Path folder)
      throws ConfigException {
    Map<String, EncoderConfig> encoders = new TreeMap<>();
    for (var entry : conf.entries("encoders", ENCODER).entrySet()) {
      encoders.put(entry.getKey(), encoder(entry.getKey(), entry.getValue(), kinds, folder));
    }
    return encoders;
  }

  private static EncoderConfig encoder(String name, ConfReader entry, Config kinds, Path folder)
      throws ConfigException {
    if (name.equals("none")) {
      throw entry.error("encoder = none leaves the step out of a job; choose another name");
    }
    String kind = entry.choice("kind", new String[] {"onnx", "tensorrt", "remote"}, it -> it);
    return switch (kind) {
      case "onnx" -> onnx(entry.as(kinds.getObject(kind), ONNX), folder);
      case "tensorrt" -> tensorRt(entry.as(kinds.getObject(kind), TENSORRT), folder);
      default -> {
        entry.as(kinds.getObject(kind), REMOTE);
        yield new EncoderConfig.Remote();
      }
    };
  }

  private static EncoderConfig onnx(ConfReader encoder, Path folder) throws ConfigException {
    return new EncoderConfig.Onnx(
        encoderSource(encoder, folder),
        callers(encoder),
        encoder.count("processes", 0, PROCESSES_MAX));
  }

  private static EncoderConfig tensorRt(ConfReader encoder, Path folder) throws ConfigException {
    return new EncoderConfig.TensorRt(
        encoderSource(encoder, folder),
        encoder.optionalName("libraries").map(folder::resolve),
        encoder.choice(
            "precision",
            EncoderConfig.TensorRt.Precision.values(),
            EncoderConfig.TensorRt.Precision::key),
        encoder.count("batch_tokens", 1024, 1 << 20),
        callers(encoder),
        encoder.count("processes", 1, PROCESSES_MAX));
  }

  private static OptionalInt callers(ConfReader encoder) throws ConfigException {
    return encoder.has("callers")
        ? OptionalInt.of(encoder.count("callers", 1, 1024))
        : OptionalInt.empty();
  }

  private static EncoderSource encoderSource(ConfReader encoder, Path folder)
      throws ConfigException {
    Optional<String> model = encoder.optionalName("model");
    Optional<String> own = encoder.optionalName("folder");
    if (model.isPresent() == own.isPresent()) {
      throw encoder.error(
          "an encoder has either model, one of `alicorn models list`, or folder, a folder of your own");
    }
    return own.isPresent()
        ? new EncoderSource.Folder(folder.resolve(own.get()))
        : new EncoderSource.Catalogue(model.orElseThrow());
  }

  private static GatewayConfig gateway(ConfReader gateway, Path folder) throws ConfigException {
    String host = gateway.name("host");
    int port = gateway.count("port", 0, 65535);
    Optional<Path> tokensFile = gateway.optionalName("tokens_file").map(folder::resolve);
    Optional<ConfReader> tlsReader = gateway.optionalObject("tls", TLS);
    Optional<GatewayConfig.Tls> tls =
        tlsReader.isPresent() ? Optional.of(tls(tlsReader.get(), folder)) : Optional.empty();
    List<Path> seedRoots = new ArrayList<>();
    for (String root : gateway.names("seed_roots")) {
      seedRoots.add(folder.resolve(root));
    }
    return gateway.build(() -> new GatewayConfig(host, port, tokensFile, tls, seedRoots));
  }

  private static GatewayConfig.Tls tls(ConfReader tls, Path folder) throws ConfigException {
    return new GatewayConfig.Tls(
        folder.resolve(tls.name("certificate")), folder.resolve(tls.name("key")));
  }

  private static ClusterConfig cluster(ConfReader cluster, Path folder) throws ConfigException {
    String host = cluster.name("host");
    int port = cluster.count("port", 0, 65535);
    Optional<ConfReader> reader = cluster.optionalObject("tls", CLUSTER_TLS);
    Optional<ClusterConfig.Tls> tls =
        reader.isPresent() ? Optional.of(clusterTls(reader.get(), folder)) : Optional.empty();
    return cluster.build(() -> new ClusterConfig(host, port, tls));
  }

  private static ClusterConfig.Tls clusterTls(ConfReader tls, Path folder) throws ConfigException {
    return new ClusterConfig.Tls(
        folder.resolve(tls.name("certificate")),
        folder.resolve(tls.name("key")),
        folder.resolve(tls.name("authority")));
  }

  private static JournalConfig journal(ConfReader journal) throws ConfigException {
    return new JournalConfig(
        journal.count("barrier_records", 1, 1 << 16),
        journal.duration("barrier_interval"),
        journal.bytes("reserve"));
  }
}
