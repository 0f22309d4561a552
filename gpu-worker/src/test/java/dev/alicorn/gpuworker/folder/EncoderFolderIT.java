package dev.alicorn.gpuworker.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.alicorn.config.EncoderSource;
import dev.alicorn.gpuworker.EncoderException;
import dev.alicorn.protocol.ContentHash;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EncoderFolderIT {
  private static final String CONF = "name = x, dimension = 8, tokens_max = 16";

  @TempDir Path folder;

  @Test
  void everythingThatDecidesVectorsDecidesItsHash() throws Exception {
    write(CONF, "graph", "tokens");
    ContentHash plain = hash();
    write("# a comment\n" + CONF, "graph", "tokens");
    assertThat(hash()).isEqualTo(plain);
    Set<String> hashes = new TreeSet<>(Set.of(plain.hex()));
    for (String more :
        new String[] {
          "pooling = cls",
          "normalise = false",
          "padded = true",
          "output = y",
          "prompt { before = a }",
          "prompt { after = a }",
        }) {
      write(CONF + "\n" + more, "graph", "tokens");
      hashes.add(hash().hex());
    }
    write(CONF, "grape", "tokens");
    hashes.add(hash().hex());
    write(CONF, "graph", "token");
    hashes.add(hash().hex());
    write(CONF, "graph", "tokens");
    Files.writeString(folder.resolve("model.onnx_data"), "weights");
    hashes.add(hash().hex());
    hashes.add(EncoderFolder.read(folder).hash("another backend").hex());
    assertThat(hashes).hasSize(11);
  }

  @ParameterizedTest
  @ValueSource(strings = {"encoder.conf", "model.onnx", "tokenizer.json"})
  void saysWhatIsMissing(String file) throws Exception {
    write(CONF, "graph", "tokens");
    Files.delete(folder.resolve(file));
    assertThatThrownBy(() -> EncoderFolder.read(folder))
        .isInstanceOf(EncoderException.class)
        .hasMessage(
            "encoder %s: there is no %s that can be read; an encoder's folder holds encoder.conf, model.onnx and tokenizer.json",
            folder, file);
  }

  @Test
  void saysWhatIsWrongInItsSettings() throws Exception {
    write("name = x, dimension = 8, tokens_max = 16, poling = cls", "graph", "tokens");
    assertThatThrownBy(() -> EncoderFolder.read(folder))
        .isInstanceOf(EncoderException.class)
        .hasMessage(
            folder.resolve("encoder.conf") + ":1: poling is not a key; did you mean pooling?");
  }

  @Test
  void saysWhenATokenizerIsNone() throws Exception {
    write(CONF, "graph", "tokens");
    assertThatThrownBy(() -> EncoderFolder.read(folder).tokenizer())
        .isInstanceOf(EncoderException.class)
        .hasMessageStartingWith("encoder " + folder + ": tokenizer.json: ")
        .hasMessageEndingWith("; take the file that belongs to the model");
    write(CONF, "graph", "{\"model\": {\"type\": \"BPE\", \"vocab\": {}, \"merges\": 1}}");
    assertThatThrownBy(() -> EncoderFolder.read(folder).tokenizer())
        .isInstanceOf(EncoderException.class)
        .hasMessageContaining("Hugging Face's tokenizers do not load it: ");
    write(CONF + ", padded = true", "graph", "{\"padding\": null}");
    assertThatThrownBy(() -> EncoderFolder.read(folder).tokenizer())
        .isInstanceOf(EncoderException.class)
        .hasMessageContaining("padded = true, and it has no `padding`");
  }

  @Test
  void knowsTheCataloguesEncodersWithoutFetchingThem() throws Exception {
    assertThat(
            EncoderFolders.settings(new EncoderSource.Catalogue("bge-small-en-v1.5")).dimension())
        .isEqualTo(384);
    assertThatThrownBy(
            () -> EncoderFolders.settings(new EncoderSource.Catalogue("smollm2-135m-instruct")))
        .isInstanceOf(EncoderException.class)
        .hasMessage(
            "encoder model smollm2-135m-instruct: the catalogue has no such encoder; it has [all-minilm-l6-v2, bge-small-en-v1.5], and a folder of your own is named by folder");
  }

  private ContentHash hash() throws EncoderException {
    return EncoderFolder.read(folder).hash("onnx fp32");
  }

  private void write(String conf, String model, String tokenizer) throws IOException {
    Files.writeString(folder.resolve("encoder.conf"), conf);
    Files.writeString(folder.resolve("model.onnx"), model);
    Files.writeString(folder.resolve("tokenizer.json"), tokenizer);
  }
}
