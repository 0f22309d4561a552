package dev.alicorn.engine.dataset;

import static dev.alicorn.engine.dataset.Turn.IMAGE;

import dev.alicorn.engine.quality.Pair;
import dev.alicorn.protocol.InstructTask;
import dev.alicorn.protocol.RecordId;
import dev.alicorn.protocol.SplitMix64;
import dev.alicorn.protocol.Template;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Conversations in the LLaVA shape: human and gpt by turns, the image once in the first human
/// turn.
final class Conversations {
  private static final List<String> DESCRIBE =
      List.of(
          "Describe this image in detail.",
          "What does this image show? Give a full account.",
          "Write a thorough description of the picture.",
          "Tell me everything that can be seen in this image.",
          "Explain in detail what the photo contains.",
          "Give a careful, complete description of this picture.",
          "Look closely at the image and describe what is there.",
          "Please put this image into words, leaving nothing important out.",
          "What can you see here? Describe it at length.",
          "Provide a detailed account of the image's contents.",
          "Walk me through this picture from the main subject to the surroundings.",
          "How would you describe this image to someone who cannot see it?");

  private Conversations() {}

  /// A request to describe the image, and the caption. Wording and place of the image follow from
  /// the record's id alone.
  static List<Turn> pretrain(RecordId id, String caption) {
    long draw = SplitMix64.next(id.ordinal());
    String request = DESCRIBE.get((int) Long.remainderUnsigned(draw, DESCRIBE.size()));
    String human = draw < 0 ? request + "\n" + IMAGE : IMAGE + "\n" + request;
    return List.of(Turn.human(human), Turn.gpt(caption));
  }

  /// The pairs in their order, each as the task's templates say; `{{options}}` is a line an option.
  static List<Turn> instruct(InstructTask.Reply reply, List<Pair> pairs) {
    Template human = new Template(reply.human());
    Template model = new Template(reply.model());
    List<Turn> turns = new ArrayList<>(2 * pairs.size());
    for (Pair pair : pairs) {
      String asked =
          human.filled(Map.of("question", pair.question(), "options", lines(pair.options())));
      turns.add(Turn.human(turns.isEmpty() ? IMAGE + "\n" + asked : asked));
      turns.add(Turn.gpt(model.filled(Map.of("answer", pair.answer()))));
    }
    return List.copyOf(turns);
  }

  private static String lines(List<String> options) {
    StringBuilder lines = new StringBuilder();
    char letter = 'A';
    for (String option : options) {
      lines.append(lines.isEmpty() ? "" : "\n").append(letter++).append(": ").append(option);
    }
    return lines.toString();
  }
}
