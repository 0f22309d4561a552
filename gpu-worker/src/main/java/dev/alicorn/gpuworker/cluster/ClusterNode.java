package dev.alicorn.gpuworker.cluster;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.alicorn.config.ClusterConfig;
import dev.alicorn.gpuworker.EncoderException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.pekko.actor.AddressFromURIString;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.SpawnProtocol;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Down;
import org.apache.pekko.cluster.typed.Join;
import org.slf4j.LoggerFactory;

/// A node of the cluster of an engine and its encoder workers: an actor system of its own, so that
/// nothing that befalls the cluster befalls the jobs.
public final class ClusterNode {
  private static final String NAME = "alicorn-encoders";
  private static final String ROLES = "pekko.cluster.roles";
  private static final String ARTERY = "pekko.remote.artery.";
  private static final String KEYS = ARTERY + "ssl.rotating-keys-engine.";

  private ClusterNode() {}

  /// The engine's node, with which the cluster begins.
  ///
  /// @throws EncoderException where the address or a certificate cannot be had
  public static ActorSystem<SpawnProtocol.Command> engine(ClusterConfig config)
      throws EncoderException {
    ActorSystem<SpawnProtocol.Command> system =
        start(config, config.port(), SpawnProtocol.create(), Map.of(ROLES, List.of("engine")));
    Cluster cluster = Cluster.get(system);
    cluster.manager().tell(Join.create(cluster.selfMember().address()));
    return system;
  }

  /// A worker's node, which joins the engine's.
  ///
  /// @param port 0 for any free one
  /// @param engine its host and port
  static <T> ActorSystem<T> worker(
      ClusterConfig config, int port, String engine, Behavior<T> guardian) throws EncoderException {
    return start(
        config,
        port,
        guardian,
        Map.of(
            ROLES,
            List.of("gpu-worker"),
            "pekko.cluster.seed-nodes",
            List.of("pekko://%s@%s".formatted(NAME, engine))));
  }

  /// A node's host and port, as others reach it.
  public static String hostAndPort(ActorSystem<?> system) {
    String address = address(system);
    return address.substring(address.indexOf('@') + 1);
  }

  static String address(ActorSystem<?> system) {
    return Cluster.get(system).selfMember().address().toString();
  }

  /// Takes a node out of the cluster whose process is known to have ended.
  public static void down(ActorSystem<?> system, String address) {
    Cluster.get(system).manager().tell(Down.apply(AddressFromURIString.parse(address)));
  }

  private static <T> ActorSystem<T> start(
      ClusterConfig config, int port, Behavior<T> guardian, Map<String, Object> settings)
      throws EncoderException {
    // Logging is set up by one thread, before the actor system's threads all ask for it.
    LoggerFactory.getILoggerFactory();
    Map<String, Object> all = new HashMap<>(settings);
    all.put(ARTERY + "canonical.hostname", config.host());
    all.put(ARTERY + "canonical.port", port);
    all.put(ARTERY + "advanced.maximum-frame-size", BatchParts.FRAME_BYTES_MAX);
    if (config.tls().isPresent()) {
      ClusterConfig.Tls tls = config.tls().get();
      all.put(ARTERY + "transport", "tls-tcp");
      all.put(KEYS + "cert-file", file("certificate", tls.certificate()));
      all.put(KEYS + "key-file", file("key", tls.key()));
      all.put(KEYS + "ca-cert-file", file("authority", tls.authority()));
      // Of a store in memory, which nobody else sees.
      all.put(KEYS + "keystore-password", UUID.randomUUID().toString());
    }
    Config whole =
        ConfigFactory.parseMap(all)
            .withFallback(ConfigFactory.parseResources(ClusterNode.class, "encoder-cluster.conf"))
            .withFallback(ConfigFactory.load());
    try {
      return ActorSystem.create(guardian, NAME, whole);
    } catch (RuntimeException e) {
      throw new EncoderException(
          "cluster.port: %s:%d cannot be listened on (%s); free it, or name another"
              .formatted(config.host(), port, e.getMessage()),
          e);
    }
  }

  private static String file(String key, Path file) throws EncoderException {
    if (!Files.isReadable(file)) {
      throw new EncoderException(
          "cluster.tls.%s: %s cannot be read; check its name and rights".formatted(key, file));
    }
    return file.toAbsolutePath().toString();
  }
}
