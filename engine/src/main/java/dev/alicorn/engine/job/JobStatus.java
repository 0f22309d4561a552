package dev.alicorn.engine.job;

import dev.alicorn.engine.step.Spending;

/// A running job at one instant: how far it is and what it has cost.
public record JobStatus(JobProgress progress, Spending.Bill bill) {}
