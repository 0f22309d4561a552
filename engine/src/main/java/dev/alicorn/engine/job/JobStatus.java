package dev.alicorn.engine.job;

import dev.alicorn.engine.ledger.Statement;

/// A running job at one instant: how far it is and what it has cost.
public record JobStatus(JobProgress progress, Statement bill) {}
