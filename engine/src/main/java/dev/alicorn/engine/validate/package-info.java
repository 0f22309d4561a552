/// The checks of a dataset folder, ours or a stranger's, in all its formats: what would make a
/// training run fail, or useless without an error.
///
/// Rows and vectors come as streams; memory holds some 60 bytes an id.
@NullMarked
package dev.alicorn.engine.validate;

import org.jspecify.annotations.NullMarked;
