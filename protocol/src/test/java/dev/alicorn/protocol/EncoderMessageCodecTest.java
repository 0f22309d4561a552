package dev.alicorn.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EncoderMessageCodecTest {
  private static final EncoderDescription ENCODER =
      new EncoderDescription("clip", ContentHash.of("clip"), 3, 77, true, true);

  static Stream<EncoderMessage> messages() {
    return Stream.of(
        new EncoderMessage.WorkerOffered(
            "127.0.0.1:4", ENCODER, 6_000, "pekko://a@127.0.0.1:4/user/b#5"),
        new EncoderMessage.WorkerFailed("127.0.0.1:4", "the device is gone"),
        new EncoderMessage.WorkerAdmitted(),
        new EncoderMessage.WorkerRefused("it is another encoder"),
        new EncoderMessage.BatchSent(0, new EncodeBatch(List.of())),
        new EncoderMessage.BatchSent(
            7, new EncodeBatch(List.of(item(1, "a kite"), item(Long.MAX_VALUE, "ein Ölbild 🪁")))),
        new EncoderMessage.BatchEncoded(
            "127.0.0.1:4",
            7,
            new EncodedBatch(
                List.of(
                    new EncodedBatch.Encoded(
                        new RecordId(1), Embedding.wrap(new float[] {1, -0.0f, 1e-42f}), true),
                    new EncodedBatch.Rejected(new RecordId(2), ""),
                    new EncodedBatch.Encoded(
                        new RecordId(3), Embedding.wrap(new float[0]), false)))));
  }

  @ParameterizedTest
  @MethodSource("messages")
  void readsWhatItWrites(EncoderMessage message) {
    assertThat(
            EncoderMessageCodec.decode(
                EncoderMessageCodec.kind(message), EncoderMessageCodec.encode(message)))
        .isEqualTo(message);
  }

  @Test
  void writesVectorsAsLittleEndianFloats() {
    byte[] bytes =
        EncoderMessageCodec.encode(
            new EncoderMessage.BatchEncoded(
                "w",
                5,
                new EncodedBatch(
                    List.of(
                        new EncodedBatch.Encoded(
                            new RecordId(9), Embedding.wrap(new float[] {1, -2.5f}), true)))));
    // By protobuf's encoding: field << 3 | type, then length or varint; IEEE 754, low byte first.
    assertThat(HexFormat.of().formatHex(bytes))
        .isEqualTo("0a0177" + "1005" + "1a0e" + "0809" + "1208" + "0000803f" + "000020c0" + "2001");
  }

  @Test
  void keepsEveryBitOfAVector() {
    long seed = System.nanoTime();
    SplittableRandom random = new SplittableRandom(seed);
    for (int round = 0; round < 200; round++) {
      List<EncodedBatch.Result> results = new ArrayList<>();
      for (int row = 0; row < random.nextInt(1, 5); row++) {
        float[] values = new float[random.nextInt(1, 100)];
        for (int i = 0; i < values.length; i++) {
          float any = Float.intBitsToFloat(random.nextInt());
          values[i] = Float.isNaN(any) ? i : any;
        }
        results.add(
            new EncodedBatch.Encoded(
                new RecordId(random.nextLong(1, Long.MAX_VALUE)),
                Embedding.wrap(values),
                random.nextBoolean()));
      }
      EncoderMessage message =
          new EncoderMessage.BatchEncoded("w", random.nextLong(), new EncodedBatch(results));
      assertThat(EncoderMessageCodec.decode("encoded", EncoderMessageCodec.encode(message)))
          .as("seed %s", seed)
          .isEqualTo(message);
    }
  }

  @Test
  void refusesWhatIsNoMessage() {
    assertThatThrownBy(() -> EncoderMessageCodec.decode("rumour", new byte[0]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no encoder message is called rumour");
    assertThatThrownBy(() -> EncoderMessageCodec.decode("sent", new byte[] {0x12, 0x7f}))
        .isInstanceOf(IllegalArgumentException.class);
    // A result without an outcome.
    assertThatThrownBy(
            () -> EncoderMessageCodec.decode("encoded", HexFormat.of().parseHex("1a020801")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("record 1 has no result");
  }

  private static EncodeBatch.Item item(long record, String text) {
    return new EncodeBatch.Item(new RecordId(record), text);
  }
}
