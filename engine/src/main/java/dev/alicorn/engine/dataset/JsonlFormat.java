package dev.alicorn.engine.dataset;

import java.io.IOException;
import java.util.Optional;

/// Conversations in the shape of LLaVA's data, an object a line: `jsonl/{pretrain,instruct}.jsonl`.
/// Vectors are not in it.
record JsonlFormat() implements DatasetFormat {

  @Override
  public String name() {
    return "jsonl";
  }

  @Override
  public boolean needsVectors() {
    return false;
  }

  @Override
  public DatasetWriter open(DatasetFiles files, DatasetShape shape) throws IOException {
    return new SetOutputs(
        shape,
        set ->
            new JsonLines(files.create("jsonl/" + set.key() + ".jsonl"), ConversationJson::write));
  }

  @Override
  public Optional<String> hubFiles(DatasetSet set) {
    return Optional.of("jsonl/" + set.key() + ".jsonl");
  }

  @Override
  public String usage() {
    return "`jsonl/*.jsonl`: LLaVA-style conversations, `{\"id\", \"caption\", \"conversations\"}` a"
        + " line, without vectors.";
  }
}
