package dev.alicorn.gpuworker.model;

import dev.alicorn.protocol.ContentHash;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/// A process that fetches one model: `FetchMain FOLDER BYTES SHA256 URI`.
final class FetchMain {
  private FetchMain() {}

  public static void main(String[] args) throws Exception {
    ModelFile model =
        new ModelFile(
            "small",
            "small.gguf",
            Long.parseLong(args[1]),
            new ContentHash(args[2]),
            List.of(new ModelSource.Download(URI.create(args[3]))));
    System.out.println(new ModelStore(Path.of(args[0])).fetch(model, Progress.NONE));
  }
}
