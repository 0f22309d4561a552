/// The daemon's jobs: which there are, what state each is in, and what they are told to do.
@NullMarked
package dev.alicorn.gateway.daemon;

import org.jspecify.annotations.NullMarked;
