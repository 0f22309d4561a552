package dev.alicorn.engine.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alicorn.config.ConfigException;
import dev.alicorn.config.JobFile;
import dev.alicorn.protocol.Filter;
import dev.alicorn.protocol.Filters;
import org.junit.jupiter.api.Test;

class ReportLimitsTest {
  @Test
  void areThoseOfTheFiltersByDefault() throws ConfigException {
    Filters filters =
        JobFile.parse(
                "seeds = [ { builtin = quick-start } ]\nfilters { action = reject }", "defaults")
            .filters();

    assertThat(filters.rule(Filter.RHETORIC).limit()).isEqualTo(CaptionTally.RHETORIC_WORDS_MAX);
    assertThat(filters.rule(Filter.VERBATIM_COPY).limit())
        .isEqualTo(InstructionTally.COPIED_WORDS_MAX);
    assertThat(filters.rule(Filter.NEAR_DUPLICATE).limit()).isEqualTo(Duplicates.SIMILARITY_MIN);
  }
}
