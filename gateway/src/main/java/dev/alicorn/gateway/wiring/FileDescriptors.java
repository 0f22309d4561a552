package dev.alicorn.gateway.wiring;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/// The files and connections that this process may have open at a time.
final class FileDescriptors {
  /// What the program itself opens: libraries, journals, the files of a dataset in the making.
  private static final int OWN_MAX = 256;

  private FileDescriptors() {}

  /// Refuses what would leave calls without a connection, where they wait for their deadline.
  ///
  /// @param callsInFlightMax of all endpoints, a connection each
  static void requireFor(int callsInFlightMax) throws UnavailableException {
    if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean machine
        && machine.getMaxFileDescriptorCount() < callsInFlightMax + OWN_MAX) {
      throw new UnavailableException(
          "the endpoints may have "
              + callsInFlightMax
              + " calls in flight, a connection each, and this process may open "
              + machine.getMaxFileDescriptorCount()
              + " files; allow it "
              + (callsInFlightMax + OWN_MAX)
              + " with `ulimit -n`, or lower max_in_flight");
    }
  }
}
