/// The dataset folder: its rows, the formats that write them, and the card and manifest that say
/// what they are.
///
/// Everything here is a function of its input: no clock, host, locale or thread reaches a file.
@NullMarked
package dev.alicorn.engine.dataset;

import org.jspecify.annotations.NullMarked;
