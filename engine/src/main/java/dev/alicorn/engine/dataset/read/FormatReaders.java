package dev.alicorn.engine.dataset.read;

import java.util.List;

/// The formats that datasets are read in. The first that holds a text is the one that others are
/// compared with.
final class FormatReaders {
  static final List<FormatReader> ALL =
      List.of(
          new TrainerReader(),
          new ParquetReader(),
          new JsonlReader(),
          new WebDatasetReader(),
          MatrixReader.safetensors(),
          MatrixReader.npy());

  private FormatReaders() {}
}
