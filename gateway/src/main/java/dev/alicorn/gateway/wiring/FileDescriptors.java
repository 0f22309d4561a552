package dev.alicorn.gateway.wiring;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.Optional;
import java.util.OptionalLong;

/// The files and connections that this process may have open at a time.
public final class FileDescriptors {
  /// What the program itself opens: libraries, journals, the files of a dataset in the making.
  private static final int OWN_MAX = 256;

  private FileDescriptors() {}

  /// How many they may be; empty where the system does not tell.
  public static OptionalLong allowed() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean machine
        ? OptionalLong.of(machine.getMaxFileDescriptorCount())
        : OptionalLong.empty();
  }

  /// How many it takes at most.
  ///
  /// @param callsInFlightMax of all endpoints, a connection each
  public static long needed(int callsInFlightMax) {
    return (long) callsInFlightMax + OWN_MAX;
  }

  /// What is wrong where fewer are allowed than it takes, as a sentence.
  ///
  /// @param allowed how many they may be
  /// @param callsInFlightMax of all endpoints, a connection each
  public static Optional<String> shortage(OptionalLong allowed, int callsInFlightMax) {
    return allowed.isEmpty() || allowed.getAsLong() >= needed(callsInFlightMax)
        ? Optional.empty()
        : Optional.of(
            "the endpoints may have "
                + callsInFlightMax
                + " calls in flight, a connection each, and this process may open "
                + allowed.getAsLong()
                + " files; allow it "
                + needed(callsInFlightMax)
                + " with `ulimit -n`, or lower max_in_flight");
  }

  /// Refuses what would leave calls without a connection, where they wait for their deadline.
  ///
  /// @param callsInFlightMax of all endpoints, a connection each
  static void requireFor(int callsInFlightMax) throws UnavailableException {
    Optional<String> shortage = shortage(allowed(), callsInFlightMax);
    if (shortage.isPresent()) {
      throw new UnavailableException(shortage.get());
    }
  }
}
