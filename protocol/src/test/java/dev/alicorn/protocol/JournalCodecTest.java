package dev.alicorn.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.alicorn.protocol.wire.CallFailedWire;
import dev.alicorn.protocol.wire.CallWire;
import dev.alicorn.protocol.wire.JobOpenedWire;
import dev.alicorn.protocol.wire.TextEmbeddedWire;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class JournalCodecTest {
  @ParameterizedTest
  @EnumSource
  void writesTheGoldenBytes(EventType type) {
    assertThat(JournalCodec.encode(example(type))).isEqualTo(golden(type));
  }

  @ParameterizedTest
  @EnumSource
  void readsTheGoldenBytes(EventType type) throws MalformedEventException {
    assertThat(JournalCodec.decode(type, ByteBuffer.wrap(golden(type)))).isEqualTo(example(type));
  }

  @Test
  void everyKindOfEventHasAnExampleAndATypeOfItsOwn() {
    Set<Class<?>> kinds = new HashSet<>(kinds(JournalEvent.class).toList());
    assertThat(ExampleEvents.ALL.stream().map(Object::getClass)).hasSameElementsAs(kinds);
    assertThat(ExampleEvents.ALL.stream().map(EventType::of))
        .containsExactlyInAnyOrder(EventType.values());
  }

  @Test
  void codesAreTheReleasedOnes() {
    assertThat(Arrays.stream(EventType.values()).map(type -> type.code() + " " + type.key()))
        .containsExactly(
            "1 incarnation_opened",
            "2 job_opened",
            "3 endpoint_bound",
            "4 encoder_bound",
            "5 seed_accepted",
            "6 seed_refused",
            "7 seeds_sealed",
            "8 call_started",
            "9 llm_replied",
            "10 call_failed",
            "11 text_embedded",
            "12 embedding_failed",
            "13 job_paused",
            "14 job_resumed",
            "15 job_cancelled",
            "16 job_completed",
            "17 job_failed");
    assertThat(EventType.values())
        .allSatisfy(type -> assertThat(EventType.ofCode(type.code())).isEqualTo(type));
    assertThat(EventType.ofCode((byte) 0)).isNull();
    assertThat(EventType.ofCode((byte) -1)).isNull();
  }

  @Test
  void whatIsAbsentStaysAbsent() throws MalformedEventException {
    List<JournalEvent> events =
        List.of(
            new JournalEvent.SeedAccepted(new RecordId(1), 0, "", "", Optional.empty()),
            new JournalEvent.SeedAccepted(new RecordId(1), 0, "", "", Optional.of("")),
            new JournalEvent.JobResumed(JobSpec.Budget.UNLIMITED, Instant.EPOCH),
            new JournalEvent.JobResumed(
                new JobSpec.Budget(Optional.empty(), OptionalLong.of(0), OptionalLong.empty()),
                Instant.EPOCH));
    for (JournalEvent event : events) {
      assertThat(JournalCodec.decode(EventType.of(event), encoded(event))).isEqualTo(event);
    }
  }

  @Test
  void aMalformedEventNamesItsTypeAndTheReason() {
    assertThatThrownBy(
            () -> JournalCodec.decode(EventType.SEEDS_SEALED, ByteBuffer.wrap(new byte[] {-1})))
        .isInstanceOf(MalformedEventException.class)
        .hasMessageStartingWith("no seeds_sealed event: ");
    assertThatThrownBy(() ->
            JournalCodec.decode(
                EventType.JOB_OPENED,
                ByteBuffer.wrap(JobOpenedWire.newBuilder().setJob("A/B").build().toByteArray())))
        .isInstanceOf(MalformedEventException.class)
        .hasMessageContaining("no job_opened event: a job id is");
    assertThatThrownBy(() ->
            JournalCodec.decode(
                EventType.TEXT_EMBEDDED,
                ByteBuffer.wrap(TextEmbeddedWire.newBuilder().setRecord(1).build().toByteArray())))
        .isInstanceOf(MalformedEventException.class)
        .hasMessageContaining("64 hexadecimal digits");
    assertThatThrownBy(() ->
            JournalCodec.decode(
                EventType.CALL_FAILED,
                ByteBuffer.wrap(
                    CallFailedWire.newBuilder()
                        .setCall(CallWire.newBuilder().setRecord(1).setStage("captoin"))
                        .build()
                        .toByteArray())))
        .isInstanceOf(MalformedEventException.class)
        .hasMessage("no call_failed event: no stage is called \"captoin\"");
  }

  private static ByteBuffer encoded(JournalEvent event) {
    return ByteBuffer.wrap(JournalCodec.encode(event));
  }

  private static JournalEvent example(EventType type) {
    return ExampleEvents.ALL.stream()
        .filter(event -> EventType.of(event) == type)
        .findFirst()
        .orElseThrow(() -> new AssertionError("ExampleEvents lacks a " + type.key()));
  }

  private static byte[] golden(EventType type) {
    String name = "/events/" + type.key() + ".bin";
    try (InputStream in = JournalCodecTest.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new AssertionError("the golden bytes are missing: src/test/resources" + name);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Stream<Class<?>> kinds(Class<?> family) {
    return family.isSealed()
        ? Arrays.stream(family.getPermittedSubclasses()).flatMap(JournalCodecTest::kinds)
        : Stream.of(family);
  }
}
