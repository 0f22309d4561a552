package dev.alicorn.engine.dataset;

import dev.alicorn.protocol.ContentHash;
import dev.alicorn.protocol.Usage;
import java.math.BigDecimal;
import java.util.Optional;

/// Where a row comes from, as far as it is the same on every replay.
///
/// @param source the seed source, as the job names it
/// @param sourceKey the seed's place within its source: a line number, or the source's own id
/// @param seed the seed's text
/// @param domain the domain of a domain-specific seed
/// @param model the model that wrote the row
/// @param prompt hash of the prompt template that the row was asked for with
/// @param usage tokens billed for the row
/// @param cost price of the row in `currency`
public record Lineage(
    String source,
    String sourceKey,
    String seed,
    Optional<String> domain,
    String model,
    ContentHash prompt,
    Usage usage,
    BigDecimal cost,
    String currency) {
  public Lineage {
    source = WellFormed.text(source);
    sourceKey = WellFormed.text(sourceKey);
    seed = WellFormed.text(seed);
    domain = domain.map(WellFormed::text);
    model = WellFormed.text(model);
  }
}
