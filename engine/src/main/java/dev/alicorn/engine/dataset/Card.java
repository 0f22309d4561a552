package dev.alicorn.engine.dataset;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.alicorn.protocol.EncoderDescription;
import dev.alicorn.protocol.JobSpec;
import dev.alicorn.protocol.TaskName;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// The dataset card `README.md`: the hub's YAML, and what a reader must know before using the data.
final class Card {
  static final String FILE = "README.md";

  /// What a shifted caption asks of an image.
  private static final String INFERENCE =
      "Inference treats the embedding of an image alike, with the mean of images in the place of that of captions; where no images are at hand to take it of, the captions' in `%s` (`mu_text`, float64) is the next best"
          .formatted(DatasetFolder.TRANSFER_FILE);

  private final DatasetFacts facts;
  private final List<DatasetFormat> formats;

  Card(DatasetFacts facts, List<DatasetFormat> formats) {
    this.facts = facts;
    this.formats = formats;
  }

  String text() {
    return """
    ---
    pretty_name: %s
    license: other
    license_name: see-card
    language:
    - en
    task_categories:
    - image-text-to-text
    - visual-question-answering
    size_categories:
    - %s
    tags:
    - synthetic
    - text-only-synthesis
    - vision-language
    - instruction-tuning
    - alicorn
    %s---

    # %s
    %s
    Training data for a vision-language model, made out of text alone by Alicorn %s. No image was
    used: each row carries a caption's text embedding, moved to the image side of its space, in the
    place of an image.

    | set | rows | what a row is |
    |---|---:|---|
    | pretrain | %s | a caption, its vector, and a request to describe the image |
    | instruct | %s | a conversation of several questions and answers on one caption's vector |

    ## How it was made

    1. A language model wrote one dense caption for each text seed.
    2. For captions drawn by a fixed ranking it wrote instruction conversations%s.
    3. %s

    Everything a language model wrote may be wrong, biased or invented; nothing here was checked by
    a person or against a picture. The licence of the seeds and the terms of the models that wrote
    the text apply, which is why the licence reads "other".

    `manifest.json` says exactly what the data was made from: the job and its journal position, the
    recipe and its hash, the encoder, the transfer, how many records came to which outcome, and
    length and SHA-256 of every file.

    ## How to load it

    %s
    An `<image>` in the first human turn marks where the row's vector belongs.
    """
        .formatted(
            quoted(facts.name()),
            sizeCategory(facts.captions()),
            configs(),
            heading(facts.name()),
            warning(),
            facts.version(),
            facts.captions(),
            facts.samples(),
            tasks(),
            vectors(),
            loading());
  }

  private String configs() {
    StringBuilder yaml = new StringBuilder();
    for (DatasetSet set : DatasetSet.values()) {
      Optional<String> files = hubFiles(set);
      if (facts.shape().rows(set) > 0 && files.isPresent()) {
        yaml.append("- config_name: ").append(set.key()).append('\n');
        yaml.append("  data_files: ").append(quoted(files.get())).append('\n');
        if (set == DatasetSet.PRETRAIN) {
          yaml.append("  default: true\n");
        }
      }
    }
    return yaml.isEmpty() ? "" : "configs:\n" + yaml;
  }

  private Optional<String> hubFiles(DatasetSet set) {
    return formats.stream().flatMap(format -> format.hubFiles(set).stream()).findFirst();
  }

  private String warning() {
    if (facts.vectors().isEmpty()) {
      return """

      > **No vectors.** This dataset was made without an encoder: it holds text only and cannot
      > train a model on embeddings.
      """;
    }
    EncoderDescription encoder = facts.vectors().get().encoder();
    if (encoder.imageTower()) {
      return "";
    }
    return """

    > **For trials only.** The encoder %s is a text encoder without an image tower. No image can
    > ever be encoded into the space of these vectors, so a model trained on them learns nothing
    > that it could use on real images. Use an encoder of a shared text-image space for training.
    """
        .formatted(encoder.name());
  }

  private String tasks() {
    Map<TaskName, Long> tasks = facts.recipe().tasks();
    if (tasks.isEmpty()) {
      return " (none were asked for)";
    }
    return tasks.keySet().stream()
        .map(task -> task.key().replace('_', ' '))
        .collect(Collectors.joining(", ", " (", ")"));
  }

  private String vectors() {
    if (facts.vectors().isEmpty()) {
      return "The captions were not embedded.";
    }
    EncoderDescription encoder = facts.vectors().get().encoder();
    JobSpec.Transfer transfer = facts.recipe().transfer();
    String moved =
        switch (transfer.method()) {
          case MEAN_SHIFT ->
              "each was scaled to unit length, the mean of all of them was subtracted"
                  + (transfer.normalise() ? ", and the result scaled to unit length again. " : ". ")
                  + INFERENCE;
          case RE_ALIGN ->
              "each was scaled to unit length and moved so that mean and spread of all of them are those of %s image embeddings, whose statistics are known by SHA-256 %s. Inference takes the embedding of an image as it is, scaled to unit length; what moves a text is in `%s` (`mu_text`, `scale`, `mu_image`, `mu_hat`; float64)"
                  .formatted(
                      transfer.anchor().orElseThrow().rows(),
                      transfer.anchor().orElseThrow().sha256(),
                      DatasetFolder.TRANSFER_FILE);
          case C3 ->
              "each was scaled to unit length, the mean of all of them was subtracted, noise of a relative length of %s was added, and the result scaled to unit length again. "
                      .formatted(transfer.noiseRatio())
                  + INFERENCE
                  + "; it adds no noise";
          case NONE -> "each was scaled to unit length and not moved";
        };
    return "The encoder %s (%s dimensions, at most %s tokens) embedded every caption; %s. Vectors are %s."
        .formatted(
            encoder.name(),
            encoder.dimension(),
            encoder.maxTokens(),
            moved,
            facts.recipe().dataset().vectors().key());
  }

  private String loading() {
    StringBuilder text = new StringBuilder();
    if (hubFiles(DatasetSet.PRETRAIN).isPresent()) {
      text.append(
          """
          ```python
          from datasets import load_dataset

          pretrain = load_dataset("path/to/this/folder", "pretrain", split="train")
          ```

          """);
    }
    for (DatasetFormat format : formats) {
      text.append("- ").append(format.usage()).append('\n');
    }
    return text.toString();
  }

  private static String sizeCategory(long rows) {
    long lower = 1000;
    if (rows < lower) {
      return "n<1K";
    }
    String[] names = {
      "1K<n<10K", "10K<n<100K", "100K<n<1M", "1M<n<10M", "10M<n<100M", "100M<n<1B", "1B<n<10B"
    };
    int index = 0;
    while (index < names.length - 1 && rows >= lower * 10) {
      lower *= 10;
      index++;
    }
    return names[index];
  }

  private static String quoted(String text) {
    return "\"" + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + "\"";
  }

  private static String heading(String text) {
    return text.replaceAll("\\s+", " ").strip();
  }
}
