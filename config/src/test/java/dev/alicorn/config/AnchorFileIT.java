package dev.alicorn.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.alicorn.protocol.Anchor;
import dev.alicorn.protocol.ContentHash;
import dev.alicorn.protocol.Embedding;
import dev.alicorn.protocol.JobSpec;
import dev.alicorn.protocol.JobSpec.Transfer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Anchors that lie in files beside their job or recipe.
class AnchorFileIT {
  private static final String HEADER =
      """
      {"__metadata__":{"rows":"12"},"mu_image":{"dtype":"F64","shape":[2],"data_offsets":[0,16]},\
      "trace_image":{"dtype":"F64","shape":[1],"data_offsets":[16,24]}}\
      """;

  @TempDir private Path folder;

  private byte[] write(String header, double... values) throws IOException {
    byte[] json = header.getBytes(StandardCharsets.UTF_8);
    ByteBuffer bytes =
        ByteBuffer.allocate(8 + json.length + 8 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putLong(json.length).put(json);
    for (double value : values) {
      bytes.putDouble(value);
    }
    Files.write(folder.resolve("images.safetensors"), bytes.array());
    return bytes.array();
  }

  private Transfer read() throws Exception {
    Path job = folder.resolve("job.conf");
    Files.writeString(
        job,
        "seeds = [ { builtin = quick-start } ]\n"
            + "transfer { method = re-align, anchor = images.safetensors }");
    return JobFile.load(job).spec().transfer();
  }

  @Test
  void theStatisticsBecomePartOfTheJob() throws Exception {
    byte[] file = write(HEADER, 0.1, -0.5, 0.74);

    Anchor anchor =
        new Anchor(12, Embedding.wrap(new float[] {0.1f, -0.5f}), 0.74, ContentHash.of(file));
    assertThat(read()).isEqualTo(Transfer.reAlign(anchor, 1));
    JobSpec job = JobFile.load(folder.resolve("job.conf")).spec();
    Files.delete(folder.resolve("images.safetensors"));
    assertThat(JobSpecJson.read(JobSpecJson.write(job))).isEqualTo(job);
    assertThat(JobFile.parseJson(JobSpecJson.write(job), "request")).isEqualTo(job);
  }

  @Test
  void aRecipeNamesOneBesideItself() throws Exception {
    write(HEADER, 0.1, -0.5, 0.74);
    Path recipe = folder.resolve("recipe.conf");
    Files.writeString(recipe, "transfer { method = re-align, anchor = images.safetensors }");

    Transfer transfer = RecipeFile.load(recipe, BuiltinJobs.quickStart()).transfer();
    assertThat(transfer).isEqualTo(read());
    assertThat(
            RecipeFile.transfer(
                BuiltinJobs.quickStart().transfer(),
                Optional.of("re-align"),
                Optional.of(folder.resolve("images.safetensors"))))
        .isEqualTo(transfer);
  }

  @Test
  void whatIsNoAnchorIsToldOf() throws Exception {
    String none = "this is no anchor; make one of the image embeddings with ./alicorn anchor FILE";
    write("{\"embeddings\":{\"dtype\":\"F32\",\"shape\":[1,1],\"data_offsets\":[0,4]}}", 1);
    refuses(none);
    write(HEADER, 0.1, -0.5);
    refuses(none);
    write(HEADER.replace("[2]", "[3]"), 0.1, -0.5, 0.74);
    refuses(none);
    write(HEADER.replace("F64", "F32"), 0.1, -0.5, 0.74);
    refuses(none);
    write(HEADER.replace("[0,16]", "[-8,16]"), 0.1, -0.5, 0.74);
    refuses(none);
    Files.write(folder.resolve("images.safetensors"), new byte[] {1, 2, 3});
    refuses(none);
    write(HEADER, 0.1, Double.NaN, 0.74);
    refuses("the trace of unit vectors with this mean is NaN");
    Files.delete(folder.resolve("images.safetensors"));
    refuses("there is no such file; check its name");
  }

  private void refuses(String why) {
    assertThatThrownBy(this::read)
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("job.conf:2: transfer.anchor: ")
        .hasMessageContaining(why);
  }
}
