package dev.alicorn.engine.journal;

/// Which of the pages written since their last barrier a power cut leaves on the disk.
enum Cut {
  NOTHING_NEW,
  ALL_NEW,
  /// Each page in any state that it had, each name there or not.
  ANY,
  /// The first page of each file as it was last, the others as at the barrier.
  HEADER_NEW,
  /// The first page of each file as at the barrier, the others as they were last.
  HEADER_OLD,
  /// All but one page of each file.
  HOLE,
  /// Each page in the midst of any change.
  TORN
}
