package dev.alicorn.gpuworker.tensorrt;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What becomes of a process whose device has failed so that no later call can succeed.
@FunctionalInterface
interface DeviceLoss {
  /// The exit status of a process that has lost its device: a new process may do better.
  int EXIT_STATUS = 70;

  Logger LOG = LoggerFactory.getLogger(DeviceLoss.class);

  /// The end of the process; the journal has what was done.
  DeviceLoss END =
      line -> {
        LOG.error("{}", line);
        Runtime.getRuntime().halt(EXIT_STATUS);
      };

  void lost(String line);
}
