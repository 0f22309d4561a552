package dev.alicorn.gpuworker.llama;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class LlamaServerSettingsTest {

  @Test
  void readsItsOwnArguments() {
    LlamaServerSettings settings =
        new LlamaServerSettings(Path.of("a b.gguf"), "name", 3, 5, 777, 9, 8080);
    assertThat(LlamaServerSettings.parse(settings.toArguments().toArray(String[]::new)))
        .isEqualTo(settings);
    assertThat(LlamaServerSettings.parse("--model", "x/small.gguf"))
        .isEqualTo(LlamaServerSettings.of(Path.of("x/small.gguf"), "small.gguf"));
  }

  @Test
  void namesWhatIsWrong() {
    assertThatThrownBy(() -> LlamaServerSettings.parse()).hasMessage("--model: name a GGUF file");
    assertThatThrownBy(() -> LlamaServerSettings.parse("--modell", "x"))
        .hasMessageStartingWith("--modell: unknown; there are [--model, ");
    assertThatThrownBy(() -> LlamaServerSettings.parse("--model"))
        .hasMessage("--model: give it a value");
    assertThatThrownBy(() -> LlamaServerSettings.parse("--model", "x", "--slots", "two"))
        .hasMessage("--slots: a number, not two");
    assertThatThrownBy(() -> LlamaServerSettings.parse("--model", "x", "--slots", "0"))
        .hasMessage("--slots: from 1 to 64, not 0");
  }
}
