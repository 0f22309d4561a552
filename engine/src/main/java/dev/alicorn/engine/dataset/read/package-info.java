/// Dataset folders as they are read, ours or a stranger's: which formats a folder has, and each
/// one's rows and vectors as a stream.
///
/// What cannot be read is handed on as a [Flaw] with its place, and reading goes on behind it.
@NullMarked
package dev.alicorn.engine.dataset.read;

import org.jspecify.annotations.NullMarked;
