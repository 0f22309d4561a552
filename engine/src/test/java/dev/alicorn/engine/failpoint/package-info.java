/// Named points of the production code at which a process kills itself, put in by an agent when the
/// process loads its classes: the code itself knows nothing of them.
@NullMarked
package dev.alicorn.engine.failpoint;

import org.jspecify.annotations.NullMarked;
