package dev.alicorn.config;

import dev.alicorn.protocol.Task;

/// The JSON Schemas that instruct replies are bound to, where an endpoint can.
///
/// They stay with types, `enum` and bounds on arrays and strings: llama.cpp turns those into a
/// grammar, and without the bounds a small model may never stop.
public final class ReplySchemas {
  private ReplySchemas() {}

  /// A task's schema as compact JSON.
  public static String of(Task task) {
    return JsonText.compact(Resources.text("schemas/" + task.key() + ".json"));
  }
}
