package dev.alicorn.engine.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.alicorn.engine.format.PickleValue.Array;
import dev.alicorn.engine.format.PickleValue.Dict;
import dev.alicorn.engine.format.PickleValue.Text;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PickleMachineTest {
  private static final long SEED = 99;

  private static List<PickleValue> read(byte[] pickle) throws IOException, FormatException {
    List<PickleValue> items = new ArrayList<>();
    new PickleMachine(
            new PickleInput(new ByteArrayInputStream(pickle)), (_, item) -> items.add(item))
        .run();
    return items;
  }

  private static byte[] golden(String name) throws IOException {
    try (InputStream in =
        Objects.requireNonNull(PickleMachineTest.class.getResourceAsStream(name))) {
      return in.readAllBytes();
    }
  }

  private static float[] floats(Array array) {
    FloatBuffer buffer = array.bytes().buffer().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
    float[] values = new float[buffer.remaining()];
    buffer.get(values);
    return values;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "numpy1-protocol2.pkl", "numpy1-protocol3.pkl", "numpy1-protocol4.pkl",
        "numpy1-protocol5.pkl", "numpy2-protocol2.pkl", "numpy2-protocol3.pkl",
        "numpy2-protocol4.pkl", "numpy2-protocol5.pkl"
      })
  void readsWhatPythonWrote(String name) throws Exception {
    List<PickleValue> items = read(golden(name));
    assertThat(items).hasSize(3);
    Dict second = (Dict) items.get(1);
    assertThat(second.items().get("id")).isEqualTo(new Text("2"));
    Array embed = (Array) Objects.requireNonNull(second.items().get("embed"));
    assertThat(embed.dtype()).isEqualTo("<f4");
    assertThat(embed.shape()).containsExactly(4L);
    assertThat(floats(embed)).containsExactly(0, 0.6f, 0, -0.8f);
  }

  @ParameterizedTest
  @ValueSource(strings = {"numpy1-protocol4-float16.pkl", "numpy2-protocol4-float16.pkl"})
  void readsFloat16AndForgetsLongTexts(String name) throws Exception {
    List<PickleValue> items = read(golden(name));
    assertThat(items).hasSize(3);
    Array embed = (Array) Objects.requireNonNull(((Dict) items.get(2)).items().get("embed"));
    assertThat(embed.dtype()).isEqualTo("<f2");
    assertThat(embed.bytes().length()).isEqualTo(8);
  }

  @Test
  void everyTruncationIsDamage() throws IOException {
    byte[] whole = golden("numpy2-protocol5.pkl");
    for (int length = 0; length < whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> read(cut))
          .as("cut to %d bytes", length)
          .isInstanceOfSatisfying(
              FormatException.class, e -> assertThat(e.fault()).isEqualTo(Fault.DAMAGED_PICKLE));
    }
  }

  @Test
  void noDamageCrashesTheReader() throws IOException {
    byte[] whole = golden("numpy1-protocol4.pkl");
    Random random = new Random(SEED);
    int refused = 0;
    for (int round = 0; round < 5_000; round++) {
      byte[] damaged = whole.clone();
      for (int flips = 1 + random.nextInt(4); flips > 0; flips--) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
      }
      try {
        read(damaged);
      } catch (FormatException e) {
        refused++;
        assertThat(e.what()).as("seed %d, round %d", SEED, round).isNotBlank();
      }
    }
    assertThat(refused).isGreaterThan(2_500);
  }

  @Test
  void callsOfAnythingElseAreRefusedByName() {
    byte[] pickle = new PickleBytes().op(']').global("os", "system").op('.').bytes();
    assertThatThrownBy(() -> read(pickle))
        .isInstanceOfSatisfying(
            FormatException.class, e -> assertThat(e.fault()).isEqualTo(Fault.UNSAFE_PICKLE))
        .hasMessageContaining("os.system");
  }

  @Test
  void opcodesThatBuildObjectsAreRefused() {
    byte[] pickle = new PickleBytes().global("numpy", "ndarray").op(')', 0x81, '.').bytes();
    assertThatThrownBy(() -> read(pickle)).hasMessageContaining("opcode 0x81");
  }

  @Test
  void somethingElseThanAListIsRefused() {
    byte[] pickle = new PickleBytes().op('}', '.').bytes();
    assertThatThrownBy(() -> read(pickle))
        .isInstanceOfSatisfying(
            FormatException.class, e -> assertThat(e.fault()).isEqualTo(Fault.MALFORMED_EMBEDDING));
  }

  @Test
  void pickleThatOpensWithoutEndIsBounded() {
    PickleBytes pickle = new PickleBytes().op(']');
    for (int i = 0; i < 50_000; i++) {
      pickle.op(')', 0x85, 0x94);
    }
    assertThatThrownBy(() -> read(pickle.bytes())).hasMessageContaining("open at once");
  }
}
