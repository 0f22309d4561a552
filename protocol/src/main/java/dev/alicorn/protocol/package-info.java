/// The vocabulary that every module shares: ids, job specs, journal events and the encoder
/// protocol.
///
/// Nothing here does work. A type says in its compact constructor what it refuses, so that a value
/// that exists is a value that is valid.
@NullMarked
package dev.alicorn.protocol;

import org.jspecify.annotations.NullMarked;
