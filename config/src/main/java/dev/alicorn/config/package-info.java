/// Typed configuration: the deployment of `alicorn.conf`, the job of `JOB.conf`, and what ships
/// with Alicorn (prompts, reply schemas, seeds, defaults).
///
/// HOCON is read here and nowhere else. Each file has one reader, each reader one list of the keys
/// that it knows, and each key its comment and default in `alicorn-reference.conf` or
/// `job-reference.conf`.
@NullMarked
package dev.alicorn.config;

import org.jspecify.annotations.NullMarked;
