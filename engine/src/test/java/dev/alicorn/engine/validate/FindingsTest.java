package dev.alicorn.engine.validate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alicorn.engine.dataset.read.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FindingsTest {

  @Test
  void theSameOverAndOverIsListedToABoundAndCounted() {
    List<Finding> listed = new ArrayList<>();
    Findings findings = new Findings(listed::add);
    for (int row = 1; row <= 1000; row++) {
      findings.add(Check.IMAGE_MISSING, new Place("a.json", row), "", "no image");
    }
    findings.add(Check.IMAGE_TWICE, new Place("a.json", 7), "", "two images");
    assertThat(listed).hasSize(Findings.LISTED_MAX + 1);
    assertThat(findings.count()).isEqualTo(1001);
    assertThat(findings.unlisted())
        .isEqualTo(Map.of(Check.IMAGE_MISSING, 1000L - Findings.LISTED_MAX));
  }

  @Test
  void aFileIsFoundDamagedOnce() {
    List<Finding> listed = new ArrayList<>();
    Findings findings = new Findings(listed::add);
    findings.add(Check.DAMAGED_TAR, "a.tar", "it breaks off");
    findings.add(Check.DAMAGED_TAR, "a.tar", "it breaks off");
    assertThat(listed).hasSize(1);
    assertThat(findings.count()).isEqualTo(1);
  }
}
