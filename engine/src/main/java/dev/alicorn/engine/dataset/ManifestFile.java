package dev.alicorn.engine.dataset;

import dev.alicorn.protocol.ContentHash;

/// What the manifest says of one file.
///
/// @param path relative to the dataset folder, with `/`
/// @param length in bytes
public record ManifestFile(String path, long length, ContentHash sha256) {}
