package dev.alicorn.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import dev.alicorn.protocol.Filter;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// The two reference files say every key that a reader knows, and no other, each with a comment.
class ReferenceTest {
  static Stream<Arguments> objects() {
    ConfigObject job = JobFile.REFERENCE;
    ConfigObject deployment = DeploymentFile.REFERENCE;
    return Stream.concat(
        Stream.of(Filter.values())
            .map(it -> Arguments.of(job, "filters." + it.key(), FilterReader.keys(it))),
        Stream.of(
            Arguments.of(job, "", with(JobReader.KEYS, "kinds")),
            Arguments.of(job, "caption", JobReader.CAPTION),
            Arguments.of(job, "instruct", JobReader.INSTRUCT),
            Arguments.of(job, "instruct.tasks", TaskFolder.BUILTIN),
            Arguments.of(job, "filters", FilterReader.KEYS),
            Arguments.of(job, "embed", JobReader.EMBED),
            Arguments.of(job, "transfer", TransferReader.KEYS),
            Arguments.of(job, "dataset", JobReader.DATASET),
            Arguments.of(job, "budget", JobReader.BUDGET),
            Arguments.of(
                job, "kinds", List.of("file", "labels", "builtin", "stream", "task", "anchor")),
            Arguments.of(job, "kinds.file", SeedReader.FILE),
            Arguments.of(job, "kinds.labels", SeedReader.LABELS),
            Arguments.of(job, "kinds.builtin", SeedReader.BUILTIN),
            Arguments.of(job, "kinds.stream", SeedReader.STREAM),
            Arguments.of(job, "kinds.task", TaskReader.TASK),
            Arguments.of(job, "kinds.task.reply", TaskReader.REPLY),
            Arguments.of(job, "kinds.anchor", AnchorJson.KEYS),
            Arguments.of(deployment, "", with(DeploymentFile.KEYS, "kinds")),
            Arguments.of(deployment, "endpoints", List.of("local")),
            Arguments.of(deployment, "endpoints.local", List.of("kind", "model")),
            Arguments.of(deployment, "encoders", List.of("minilm")),
            Arguments.of(deployment, "encoders.minilm", List.of("kind", "model")),
            Arguments.of(deployment, "gateway", DeploymentFile.GATEWAY),
            Arguments.of(deployment, "journal", DeploymentFile.JOURNAL),
            Arguments.of(deployment, "cluster", DeploymentFile.CLUSTER),
            Arguments.of(
                deployment,
                "kinds",
                List.of(
                    "llama",
                    "openai",
                    "anthropic",
                    "pool",
                    "onnx",
                    "tensorrt",
                    "remote",
                    "cluster_tls",
                    "tls")),
            Arguments.of(deployment, "kinds.llama", EndpointReader.LLAMA),
            Arguments.of(deployment, "kinds.llama.price", EndpointReader.PRICE),
            Arguments.of(deployment, "kinds.openai", EndpointReader.OPENAI),
            Arguments.of(deployment, "kinds.openai.price", EndpointReader.PRICE),
            Arguments.of(deployment, "kinds.anthropic", EndpointReader.ANTHROPIC),
            Arguments.of(deployment, "kinds.anthropic.price", EndpointReader.PRICE),
            Arguments.of(deployment, "kinds.pool", EndpointReader.POOL),
            Arguments.of(deployment, "kinds.onnx", DeploymentFile.ONNX),
            Arguments.of(deployment, "kinds.tensorrt", DeploymentFile.TENSORRT),
            Arguments.of(deployment, "kinds.remote", DeploymentFile.REMOTE),
            Arguments.of(deployment, "kinds.cluster_tls", DeploymentFile.CLUSTER_TLS),
            Arguments.of(deployment, "kinds.tls", DeploymentFile.TLS),
            Arguments.of(EncoderFile.REFERENCE, "", EncoderFile.KEYS),
            Arguments.of(EncoderFile.REFERENCE, "prompt", EncoderFile.PROMPT)));
  }

  static Stream<ConfigObject> references() {
    return Stream.of(JobFile.REFERENCE, DeploymentFile.REFERENCE, EncoderFile.REFERENCE);
  }

  @ParameterizedTest
  @MethodSource("objects")
  void hasTheKeysThatTheReaderKnows(ConfigObject reference, String path, List<String> keys) {
    ConfigObject object = path.isEmpty() ? reference : reference.toConfig().getObject(path);
    assertThat(object.keySet()).containsExactlyInAnyOrderElementsOf(keys);
  }

  @ParameterizedTest
  @MethodSource("references")
  void hasACommentForEachKey(ConfigObject reference) {
    Set<String> bare = new TreeSet<>();
    collectBare(reference, "", bare);
    assertThat(bare).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("references")
  void hasNoObjectWhoseKeysNoReaderIsHeldTo(ConfigObject reference) {
    List<String> held =
        objects()
            .filter(arguments -> arguments.get()[0].equals(reference))
            .map(arguments -> (String) arguments.get()[1])
            .toList();
    Set<String> objects = new TreeSet<>(Set.of(""));
    collectObjects(reference, "", objects);
    assertThat(objects).containsExactlyInAnyOrderElementsOf(held);
  }

  /// The keys of a filter are told in its own comment.
  private static void collectBare(ConfigObject object, String path, Set<String> bare) {
    for (Map.Entry<String, ConfigValue> entry : object.entrySet()) {
      String key = path + entry.getKey();
      if (entry.getValue().origin().comments().stream().allMatch(String::isBlank)) {
        bare.add(key);
      }
      boolean filter = path.equals("filters.");
      if (!filter && entry.getValue() instanceof ConfigObject inner) {
        collectBare(inner, key + ".", bare);
      }
    }
  }

  private static void collectObjects(ConfigObject object, String path, Set<String> objects) {
    object.forEach((key, value) -> {
      if (value instanceof ConfigObject inner) {
        objects.add(path + key);
        collectObjects(inner, path + key + ".", objects);
      }
    });
  }

  private static List<String> with(List<String> keys, String more) {
    return Stream.concat(keys.stream(), Stream.of(more)).toList();
  }
}
