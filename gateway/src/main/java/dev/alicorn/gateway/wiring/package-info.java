/// The only wiring: from a deployment's names to endpoints, encoders and job folders that work.
@NullMarked
package dev.alicorn.gateway.wiring;

import org.jspecify.annotations.NullMarked;
