/// What a machine and a deployment are fit for: checks of what jobs need, each bounded in time.
@NullMarked
package dev.alicorn.gateway.doctor;

import org.jspecify.annotations.NullMarked;
