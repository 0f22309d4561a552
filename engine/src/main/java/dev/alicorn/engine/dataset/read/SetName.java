package dev.alicorn.engine.dataset.read;

import dev.alicorn.engine.dataset.DatasetSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Which set a file holds, as its name says, or else the folders that it lies in.
final class SetName {
  private static final List<String> INSTRUCT = List.of("instruct", "finetune", "fine-tune", "sft");

  private SetName() {}

  /// Empty where the path does not say.
  static Optional<DatasetSet> of(String path) {
    return in(path.substring(path.lastIndexOf('/') + 1)).or(() -> in(path));
  }

  private static Optional<DatasetSet> in(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    if (lower.contains("pretrain")) {
      return Optional.of(DatasetSet.PRETRAIN);
    }
    return INSTRUCT.stream().anyMatch(lower::contains)
        ? Optional.of(DatasetSet.INSTRUCT)
        : Optional.empty();
  }
}
