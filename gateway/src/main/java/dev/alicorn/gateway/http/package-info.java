/// The daemon's HTTP interface: routes, their JSON, and what is let in.
@NullMarked
package dev.alicorn.gateway.http;

import org.jspecify.annotations.NullMarked;
