package dev.alicorn.engine.scripted;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/// What the scripted endpoint says to a request: a pure function of the request's bytes.
///
/// A request that names `QA Pairs`, in its prompt or its schema, gets JSON of six pairs for the
/// task that it tells of: with options where it names `Options`, with reasons where it names
/// `reasoning`. Any other gets a paragraph of 60 to 130 words. A token is four characters.
final class ScriptedReply {
  private static final ReplyShape CHAT = new ChatShape();
  private static final int PAIRS = 6;
  private static final int CHARS_PER_TOKEN = 4;
  private static final long FNV_OFFSET = 0xCBF29CE484222325L;
  private static final long FNV_PRIME = 0x100000001B3L;

  private static final List<byte[][]> ANSWERS =
      Phrases.templates("It is %a and %a.", "It %v %p the %n.", "There is a %a %n beside it.");
  private static final List<byte[][]> REASONS =
      Phrases.templates(
          "A %a %n %v right %p it, so somebody has used both of late. The %a light on the ground"
              + " points the same way, which makes a short pause in the work the likely cause.",
          "The ground around it looks %a while the %n stays %a. That contrast shows that the %n"
              + " was moved there first, and that more is going to follow.");

  private final AsciiBuffer content;
  private final long promptTokens;
  private final long cachedTokens;
  private final boolean metered;
  private final boolean firstInstruct;
  private final ReplyShape shape;

  private ScriptedReply(
      AsciiBuffer content,
      long promptTokens,
      long cachedTokens,
      boolean metered,
      boolean firstInstruct,
      ReplyShape shape) {
    this.content = content;
    this.promptTokens = promptTokens;
    this.cachedTokens = cachedTokens;
    this.metered = metered;
    this.firstInstruct = firstInstruct;
    this.shape = shape;
  }

  /// The reply to a request for a chat completion.
  static ScriptedReply to(byte[] request) {
    return to(request, CHAT);
  }

  static ScriptedReply to(byte[] request, ReplyShape shape) {
    String text = new String(request, StandardCharsets.ISO_8859_1);
    long hash = hash(request);
    boolean instruct = text.contains("QA Pairs");
    AsciiBuffer content = new AsciiBuffer(1024);
    if (instruct) {
      pairs(content, hash, text.contains("Options"), text.contains("reasoning"));
    } else {
      Phrases.paragraph(content, hash);
    }
    return new ScriptedReply(
        content,
        request.length / CHARS_PER_TOKEN,
        0,
        true,
        instruct && !text.contains("\"assistant\""),
        shape);
  }

  /// Whether pairs were asked for in a conversation in which the assistant has not spoken yet.
  boolean firstInstruct() {
    return firstInstruct;
  }

  String content() {
    return content.toString();
  }

  long promptTokens() {
    return promptTokens;
  }

  long completionTokens() {
    return Math.max(1, content.length() / CHARS_PER_TOKEN);
  }

  /// The reply with the text of something that is no JSON.
  ScriptedReply garbled() {
    return saying("Sure, here are some questions about it: what stands there, and why?");
  }

  /// The reply with another text.
  ScriptedReply saying(String ascii) {
    AsciiBuffer text = new AsciiBuffer(ascii.length());
    text.put(ascii);
    return new ScriptedReply(text, promptTokens, 0, true, firstInstruct, shape);
  }

  /// The reply with its text in a code fence.
  ScriptedReply fenced() {
    AsciiBuffer text = new AsciiBuffer(content.length() + 16);
    text.put("``` ");
    text.put(content());
    text.put(" ```");
    return new ScriptedReply(text, promptTokens, 0, true, firstInstruct, shape);
  }

  /// The reply as it is told with half of its prompt out of a cache.
  ScriptedReply cached() {
    return new ScriptedReply(content, promptTokens, promptTokens / 2, true, firstInstruct, shape);
  }

  /// The reply without a word on what it is billed.
  ScriptedReply unmetered() {
    return new ScriptedReply(content, promptTokens, 0, false, firstInstruct, shape);
  }

  /// The body of a complete reply with this content.
  byte[] body(String finishReason) {
    return body(ReplyShape.Part.TEXT, finishReason);
  }

  byte[] bodyWithoutContent() {
    return body(ReplyShape.Part.NO_TEXT, "stop");
  }

  byte[] bodyWithoutChoices() {
    return body(ReplyShape.Part.NOTHING, "stop");
  }

  byte[] bodyOfRefusal() {
    return body(ReplyShape.Part.REFUSAL, "stop");
  }

  private byte[] body(ReplyShape.Part part, String finishReason) {
    Optional<ReplyShape.Counts> usage =
        metered
            ? Optional.of(new ReplyShape.Counts(promptTokens, cachedTokens, completionTokens()))
            : Optional.empty();
    return shape.body(part, content, finishReason, usage);
  }

  private static void pairs(AsciiBuffer out, long hash, boolean options, boolean reasoning) {
    long state = Phrases.next(hash);
    int firstNoun = Math.floorMod(state, Phrases.NOUNS.length);
    out.put("{\"id\":\"\",\"QA Pairs\":[");
    for (int i = 0; i < PAIRS; i++) {
      state = Phrases.next(state);
      out.put(i == 0 ? "{\"Question\":\"" : ",{\"Question\":\"");
      out.put(
          options
              ? "Which thing stands closest to the "
              : reasoning ? "Why would the " : "What is known of the ");
      // Nouns a fixed step apart: no question comes twice.
      out.put(Phrases.NOUNS[(firstNoun + i) % Phrases.NOUNS.length]);
      out.put(reasoning && !options ? " be found in this place?\"" : "?\"");
      if (options) {
        state = options(out, state);
      } else {
        out.put(",\"Answer\":\"");
        List<byte[][]> answers = reasoning ? REASONS : ANSWERS;
        state = Phrases.fill(out, answers.get(Math.floorMod(state, answers.size())), state);
        out.put("\"");
      }
      out.put('}');
    }
    out.put("]}");
  }

  private static long options(AsciiBuffer out, long from) {
    long state = Phrases.next(from);
    int noun = Math.floorMod(state, Phrases.NOUNS.length);
    for (char letter = 'A'; letter <= 'D'; letter++) {
      out.put(letter == 'A' ? ",\"Options\":{\"" : ",\"");
      out.put(letter);
      out.put("\":\"the ");
      state = Phrases.next(state);
      out.put(Phrases.pick(Phrases.ADJECTIVES, state));
      out.put(' ');
      out.put(Phrases.NOUNS[(noun + letter) % Phrases.NOUNS.length]);
      out.put("\"");
    }
    state = Phrases.next(state);
    out.put("},\"Answer\":\"");
    out.put((char) ('A' + Math.floorMod(state, 4)));
    out.put("\"");
    return state;
  }

  private static long hash(byte[] bytes) {
    long hash = FNV_OFFSET;
    for (byte next : bytes) {
      hash = (hash ^ next) * FNV_PRIME;
    }
    return hash;
  }
}
