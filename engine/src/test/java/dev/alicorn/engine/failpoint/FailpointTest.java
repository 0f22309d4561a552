package dev.alicorn.engine.failpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FailpointTest {
  @ParameterizedTest
  @EnumSource
  void liesInTheCode(Failpoint failpoint) throws IOException {
    AtomicInteger insertions = new AtomicInteger();
    byte[] changed =
        failpoint
            .place()
            .insert(
                classFile(failpoint.place()),
                builder -> {
                  insertions.incrementAndGet();
                  builder.nop();
                });
    assertThat(insertions).hasPositiveValue();
    assertThat(ClassFile.of().verify(changed)).isEmpty();
  }

  @Test
  void isMissedWhereTheCodeHasNoSuchPlace() throws IOException {
    Place renamed = Place.in("journal.AppendQueue", "settledBefore");
    byte[] classFile = classFile(renamed);
    assertThatThrownBy(() -> renamed.insert(classFile, builder -> builder.nop()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("settledBefore");
  }

  private static byte[] classFile(Place place) throws IOException {
    String file = "/" + place.className().replace('.', '/') + ".class";
    try (InputStream in =
        Objects.requireNonNull(FailpointTest.class.getResourceAsStream(file), file)) {
      return in.readAllBytes();
    }
  }
}
