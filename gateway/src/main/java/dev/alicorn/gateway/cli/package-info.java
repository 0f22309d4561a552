/// The command line: a class a command, and what they show.
@NullMarked
package dev.alicorn.gateway.cli;

import org.jspecify.annotations.NullMarked;
