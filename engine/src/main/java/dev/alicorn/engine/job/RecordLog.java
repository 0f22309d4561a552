package dev.alicorn.engine.job;

import dev.alicorn.engine.records.SettledRecord;
import dev.alicorn.protocol.JobId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/// The log's lines about a job's records: those that no usable answer came for, and the others
/// where it is set to `DEBUG`.
record RecordLog(JobId job) {
  private static final Logger LOG = LoggerFactory.getLogger(RecordLog.class);

  void settled(SettledRecord record) {
    String reason = record.reason().orElse("");
    LOG.atLevel(level(record.outcome()))
        .addKeyValue("job", job)
        .addKeyValue("record", record.record().ordinal())
        .addKeyValue("stage", record.stage().key())
        .addKeyValue("outcome", record.outcome().key())
        .addKeyValue("reason", reason)
        .log(
            "record {}/{}: {} is {} {}",
            job,
            record.record().ordinal(),
            record.stage().key(),
            record.outcome().key(),
            reason);
  }

  private static Level level(SettledRecord.Outcome outcome) {
    return switch (outcome) {
      case ACCEPTED, REJECTED -> Level.DEBUG;
      case FAILED, PARKED -> Level.INFO;
    };
  }
}
