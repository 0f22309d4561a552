package dev.alicorn.gateway.doctor;

import dev.alicorn.gateway.wiring.FileDescriptors;
import java.util.Optional;
import java.util.OptionalLong;

/// Whether the process may open a connection for each call that the deployment allows at a time.
///
/// @param allowed files and connections at a time; empty where the system does not tell
/// @param callsInFlightMax of all endpoints
record OpenFilesCheck(OptionalLong allowed, int callsInFlightMax) implements Check {

  @Override
  public String subject() {
    return "open files";
  }

  @Override
  public Diagnosis look() {
    String needed = FileDescriptors.needed(callsInFlightMax) + " needed";
    if (allowed.isEmpty()) {
      return Diagnosis.none("this system does not tell how many it allows, " + needed);
    }
    Optional<String> shortage = FileDescriptors.shortage(allowed, callsInFlightMax);
    return shortage.isPresent()
        ? Diagnosis.fail(shortage.get())
        : Diagnosis.ok(allowed.getAsLong() + " allowed, " + needed);
  }
}
