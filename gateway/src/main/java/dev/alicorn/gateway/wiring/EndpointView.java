package dev.alicorn.gateway.wiring;

import dev.alicorn.engine.llm.EndpointSnapshot;
import dev.alicorn.protocol.WireFormat;

/// An endpoint of the deployment at one instant.
///
/// @param probed whether it has answered since the program started, which it is asked to when the
///   first job needs it
public record EndpointView(
    String model, WireFormat wire, boolean probed, EndpointSnapshot snapshot) {}
