package dev.alicorn.engine.llm;

import dev.alicorn.protocol.Capabilities;
import java.util.List;

/// What came of a look at an endpoint before its first call.
public sealed interface Probe {

  /// It is there and takes the key.
  ///
  /// @param remarks a sentence for each thing that looks wrong and may yet go well
  record Ready(Capabilities capabilities, List<String> remarks) implements Probe {
    public Ready {
      remarks = List.copyOf(remarks);
    }
  }

  /// No call can go well.
  ///
  /// @param complaint one sentence that says what is wrong and how to mend it
  record NotReady(String complaint) implements Probe {}
}
