package dev.alicorn.config;

import dev.alicorn.protocol.InstructTask;
import dev.alicorn.protocol.TaskName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The reader of `instruct.tasks`, every text of which is there.
final class TaskReader {
  static final List<String> TASK = List.of("count", "folder", "prompt", "schema", "reply");
  static final List<String> REPLY =
      List.of("pairs", "question", "options", "answer", "human", "model", "pairs_min", "pairs_max");

  private TaskReader() {}

  static List<InstructTask> read(ConfReader instruct) throws ConfigException {
    List<InstructTask> tasks = new ArrayList<>();
    for (Map.Entry<String, ConfReader> entry : instruct.entries("tasks", TASK).entrySet()) {
      tasks.add(task(instruct, entry.getKey(), entry.getValue()));
    }
    return tasks;
  }

  private static InstructTask task(ConfReader instruct, String key, ConfReader task)
      throws ConfigException {
    TaskName name = instruct.build("tasks", () -> new TaskName(key));
    long count = task.count("count");
    String prompt = task.text("prompt");
    if (task.has("schema") && !task.isScalar("schema")) {
      throw task.error(
          "schema",
          "write it as a text in \"\"\" or name a .json file, since an object would lose the order of its keys");
    }
    String schema = task.text("schema");
    InstructTask.Reply reply = reply(task.object("reply", REPLY));
    String compact = task.build("schema", () -> ReplySchema.compact(schema, reply));
    return task.build(() -> new InstructTask(name, count, prompt, compact, reply));
  }

  private static InstructTask.Reply reply(ConfReader reply) throws ConfigException {
    return new InstructTask.Reply(
        reply.name("pairs"),
        reply.name("question"),
        reply.optionalName("options"),
        reply.name("answer"),
        reply.text("human"),
        reply.text("model"),
        reply.count("pairs_min", 0, Integer.MAX_VALUE),
        reply.count("pairs_max", 0, Integer.MAX_VALUE));
  }
}
