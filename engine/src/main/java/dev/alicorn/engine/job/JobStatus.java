package dev.alicorn.engine.job;

import dev.alicorn.engine.ledger.Statement;
import dev.alicorn.engine.state.JobProgress;
import java.util.Optional;

/// A running job at one instant: how far it is and what it has cost.
///
/// @param held why nothing new is begun, while that is so; the job goes on by itself
public record JobStatus(JobProgress progress, Statement bill, Optional<String> held) {}
