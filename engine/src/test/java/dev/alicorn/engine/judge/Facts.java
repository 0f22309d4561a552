package dev.alicorn.engine.judge;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.alicorn.protocol.Bytes;
import dev.alicorn.protocol.CallKey;
import dev.alicorn.protocol.Capabilities;
import dev.alicorn.protocol.ContentHash;
import dev.alicorn.protocol.Embedding;
import dev.alicorn.protocol.EncoderDescription;
import dev.alicorn.protocol.FailureCause;
import dev.alicorn.protocol.Filters;
import dev.alicorn.protocol.JobSpec;
import dev.alicorn.protocol.JournalEvent.CallFailed;
import dev.alicorn.protocol.JournalEvent.CallStarted;
import dev.alicorn.protocol.JournalEvent.EncoderBound;
import dev.alicorn.protocol.JournalEvent.EndpointBound;
import dev.alicorn.protocol.JournalEvent.LlmReplied;
import dev.alicorn.protocol.JournalEvent.TextEmbedded;
import dev.alicorn.protocol.Price;
import dev.alicorn.protocol.Recipe;
import dev.alicorn.protocol.RecordId;
import dev.alicorn.protocol.Stage;
import dev.alicorn.protocol.TaskName;
import dev.alicorn.protocol.WireFormat;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// The facts that tests of the judge are told in.
public final class Facts {
  static final String ENDPOINT = "big";
  static final Price PRICE =
      new Price(new BigDecimal("0.10"), new BigDecimal("0.10"), new BigDecimal("0.40"), "USD");
  static final EncoderDescription ENCODER =
      new EncoderDescription("tiny", ContentHash.of("tiny"), 3, 256, true, false);
  static final CallKey KEY = new CallKey(ContentHash.of("key"));
  static final RecordId ONE = new RecordId(1);

  private static final ObjectMapper JSON = new ObjectMapper();

  private Facts() {}

  static Bindings bindings(JobSpec.Repeat repeat) {
    return new Bindings(Map.of(), Optional.empty(), repeat, Bindings.none(Tasks.JOB).tasks())
        .with(
            new EndpointBound(
                ENDPOINT, WireFormat.OPENAI_CHAT, "model-7", PRICE, Capabilities.UNKNOWN));
  }

  /// An endpoint and no encoder.
  public static Bindings bindings() {
    return bindings(JobSpec.Repeat.ON_UNKNOWN);
  }

  static Bindings embedding(Bindings bindings) {
    return bindings.with(new EncoderBound(ENCODER));
  }

  /// A recipe that wants so many samples of each task and filters nothing.
  public static Recipe recipe(Map<TaskName, Long> tasks) {
    return new Recipe(
        tasks,
        JobSpec.Repair.LOCAL,
        Filters.NONE,
        new JobSpec.Transfer(JobSpec.Transfer.Method.MEAN_SHIFT, true),
        new JobSpec.Dataset(List.of("trainer"), JobSpec.Dataset.Precision.FLOAT32),
        1);
  }

  static Judge judge() {
    return new Judge(recipe(Map.of()), bindings());
  }

  /// The body of a chat completion of 100 input and 10 output tokens.
  public static String chat(String content, String finish) {
    ObjectNode body = JSON.createObjectNode().put("object", "chat.completion");
    ObjectNode choice = body.putArray("choices").addObject().put("finish_reason", finish);
    choice.putObject("message").put("role", "assistant").put("content", content);
    body.putObject("usage").put("prompt_tokens", 100).put("completion_tokens", 10);
    return body.toString();
  }

  /// A reply of the endpoint.
  public static LlmReplied replied(RecordId record, Stage stage, int ask, String body, int serial) {
    return new LlmReplied(
        record,
        stage,
        ask,
        KEY,
        ENDPOINT,
        Bytes.utf8(body),
        Duration.ofMillis(serial),
        Optional.empty());
  }

  static LlmReplied replied(Stage stage, int ask, String body) {
    return replied(ONE, stage, ask, body, 0);
  }

  static CallFailed failed(RecordId record, Stage stage, int ask, FailureCause cause, int serial) {
    return new CallFailed(
        record,
        stage,
        ask,
        KEY,
        ENDPOINT,
        cause,
        0,
        cause.key(),
        Bytes.EMPTY,
        Duration.ofMillis(serial));
  }

  static CallFailed failed(Stage stage, int ask, FailureCause cause) {
    return failed(ONE, stage, ask, cause, 0);
  }

  static CallStarted started(RecordId record, Stage stage, int ask) {
    return new CallStarted(record, stage, ask, KEY, ENDPOINT);
  }

  static TextEmbedded embedded(RecordId record, String text, float... vector) {
    return new TextEmbedded(
        record, ENCODER.hash(), ContentHash.of(text), Embedding.wrap(vector), false);
  }

  /// A caption that nothing is wrong with.
  public static String caption(Object of) {
    return "A brown dog number " + of + " sits on a wooden bench beside a red ball.";
  }

  /// An instruct reply of so many good pairs, as it is asked for.
  static String pairs(TaskName task, int count, Object about) {
    String pairs =
        IntStream.range(0, count)
            .mapToObj(i -> pair(task, "What is thing " + i + " of " + about + "?"))
            .collect(Collectors.joining(","));
    return "{\"id\":\"\",\"QA Pairs\":[" + pairs + "]}";
  }

  /// A pair of an instruct reply, as it is asked for.
  public static String pair(TaskName task, String question) {
    return task.equals(Tasks.MULTIPLE_CHOICE)
        ? """
        {"Question":"%s","Options":{"A":"a dog","B":"a cat","C":"a cow","D":"a hen"},"Answer":"B"}\
        """
            .formatted(question)
        : """
        {"Question":"%s","Answer":"It is a red ball."}\
        """
            .formatted(question);
  }
}
