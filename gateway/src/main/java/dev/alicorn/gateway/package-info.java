/// The program's entry.
@NullMarked
package dev.alicorn.gateway;

import org.jspecify.annotations.NullMarked;
