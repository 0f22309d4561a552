package dev.alicorn.gateway.doctor;

import java.util.Set;

/// What a file system is to the jobs on it.
enum FileSystemKind {
  LOCAL,
  /// Gone when the machine stops.
  MEMORY,
  /// Gone with the container.
  CONTAINER,
  /// On another machine, whose syncs and locks are not those that a journal is tested with.
  NETWORK;

  private static final Set<String> MEMORY_TYPES = Set.of("tmpfs", "ramfs");
  private static final Set<String> CONTAINER_TYPES = Set.of("overlay", "aufs");
  private static final Set<String> NETWORK_TYPES =
      Set.of("nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "afs", "ceph", "glusterfs", "lustre");

  /// @param type as the kernel calls it
  static FileSystemKind of(String type) {
    if (MEMORY_TYPES.contains(type)) {
      return MEMORY;
    }
    if (CONTAINER_TYPES.contains(type)) {
      return CONTAINER;
    }
    return NETWORK_TYPES.contains(type) || type.startsWith("fuse.") ? NETWORK : LOCAL;
  }
}
