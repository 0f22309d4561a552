package dev.alicorn.engine.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alicorn.engine.scripted.Fault;
import dev.alicorn.engine.scripted.FaultPlan;
import dev.alicorn.engine.scripted.ScriptedEndpoint;
import dev.alicorn.engine.validate.Check;
import dev.alicorn.engine.validate.Finding;
import dev.alicorn.engine.validate.Validator;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// An endpoint, or a cache before it, that says the same to everything.
class SameAnswerFaultIT {
  @RegisterExtension static final JobBench BENCH = new JobBench();

  @TempDir private Path folder = Path.of("");

  @Test
  void everyRowIsKeptAndTheValidatorSeesIt() throws Exception {
    Fault same = new Fault.Says("A wooden boat rests on the calm water of a wide grey lake.");
    try (ScriptedEndpoint endpoint =
        ScriptedEndpoint.scripted().suffering(FaultPlan.always(same)).start()) {
      JobEnd.Completed end =
          BENCH
              .job(folder, endpoint)
              .withSteps("instruct { endpoint = scripted, tasks {} }")
              .embedding(new HashingEncoder(16, ""))
              .completed();

      assertThat(end.dataset().captions()).isEqualTo(Map.of("exported", 6L));
      assertThat(endpoint.ledger().requests()).isEqualTo(6);
      List<Finding> findings = new ArrayList<>();
      Validator.validate(end.dataset().folder(), findings::add);
      assertThat(findings).extracting(Finding::check).containsExactly(Check.NOT_NORMALISED);
    }
  }
}
