/// The checks of a dataset folder, ours or a stranger's: what would make a training run useless
/// without an error.
///
/// Reads JSON as a stream and pickles opcode by opcode; nothing is ever unpickled.
@NullMarked
package dev.alicorn.engine.validate;

import org.jspecify.annotations.NullMarked;
