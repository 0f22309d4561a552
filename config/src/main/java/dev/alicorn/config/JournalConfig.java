package dev.alicorn.config;

import java.time.Duration;

/// How a journal commits, and what it leaves free of the disk.
///
/// @param barrierRecords no record waits for its barrier beyond this many others
/// @param barrierInterval no record waits for its barrier beyond this time
/// @param reserveBytes no call is made with less than this free on the journal's disk
public record JournalConfig(int barrierRecords, Duration barrierInterval, long reserveBytes) {}
