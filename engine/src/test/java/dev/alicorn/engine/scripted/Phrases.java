package dev.alicorn.engine.scripted;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Templates of plain English, filled with words that a chain of hashes draws.
///
/// In a template `%a` stands for an adjective, `%n` for a noun, `%v` for a verb, `%p` for a
/// preposition. All is ASCII without quotes or backslashes.
final class Phrases {
  static final byte[][] NOUNS =
      words(
          "table lamp bridge horse barn window basket ladder wagon kettle garden fence bicycle"
              + " carpet statue orchard harbour bench teapot blanket staircase lantern field canoe"
              + " market dog cat shelf mirror tractor violin bakery tower puddle curtain bucket"
              + " mountain meadow train platform vase chair rooster cottage pier scarf gate");
  static final byte[][] ADJECTIVES =
      words(
          "red wooden tall narrow bright rusty polished grey striped woven round dark pale copper"
              + " dusty curved heavy small broad green glass folded worn blue ribbed square leafy"
              + " painted smooth yellow stone open wet shaded brown lacquered long white tin black");
  private static final byte[][] VERBS =
      words("stands rests leans waits hangs lies sits rises shines turns glows reaches");
  private static final byte[][] PREPOSITIONS =
      words("beside behind above near under before against around beyond below");

  private static final List<byte[][]> SENTENCES =
      templates(
          "A %a %n %v %p the %a %n in the centre of the view.",
          "The %n has a %a surface and %v %p a %a, %a %n.",
          "On the left, one %a %n %v %p two %a pieces of cloth.",
          "Behind it, a %a %n %v where soft light falls on the %n.",
          "Its edges are %a and %a, and a %n %v %p them.",
          "Several %a shapes %p the %n catch the light of the afternoon.",
          "In the foreground the %a %n throws a long shadow over a %n.",
          "To the right, a %a %n %v close to another %a %n.");

  private Phrases() {}

  /// A fresh draw from a state that is a hash.
  static long next(long state) {
    long z = state + 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  static byte[] pick(byte[][] from, long draw) {
    return from[Math.floorMod(draw, from.length)];
  }

  /// Writes 5 to 9 sentences, 60 to 130 words.
  static void paragraph(AsciiBuffer out, long hash) {
    long state = next(hash);
    int sentences = 5 + Math.floorMod(state, 5);
    for (int i = 0; i < sentences; i++) {
      if (i > 0) {
        out.put(' ');
      }
      state = next(state);
      state = fill(out, SENTENCES.get(Math.floorMod(state, SENTENCES.size())), state);
    }
  }

  /// Writes a compiled template; returns the state after its draws.
  static long fill(AsciiBuffer out, byte[][] template, long from) {
    long state = from;
    for (byte[] part : template) {
      if (part.length == 1 && part[0] < ' ') {
        state = next(state);
        out.put(pick(list(part[0]), state >>> 8));
      } else {
        out.put(part);
      }
    }
    return state;
  }

  static List<byte[][]> templates(String... texts) {
    List<byte[][]> templates = new ArrayList<>();
    for (String text : texts) {
      templates.add(template(text));
    }
    return templates;
  }

  /// A template as its literal parts and, for each placeholder, one byte below a space.
  private static byte[][] template(String text) {
    List<byte[]> parts = new ArrayList<>();
    int from = 0;
    for (int at = text.indexOf('%'); at >= 0; at = text.indexOf('%', from)) {
      parts.add(text.substring(from, at).getBytes(StandardCharsets.US_ASCII));
      parts.add(new byte[] {(byte) "anvp".indexOf(text.charAt(at + 1))});
      from = at + 2;
    }
    parts.add(text.substring(from).getBytes(StandardCharsets.US_ASCII));
    return parts.toArray(byte[][]::new);
  }

  private static byte[][] list(byte kind) {
    return switch (kind) {
      case 0 -> ADJECTIVES;
      case 1 -> NOUNS;
      case 2 -> VERBS;
      case 3 -> PREPOSITIONS;
      default -> throw new IllegalArgumentException("no list of words has number " + kind);
    };
  }

  private static byte[][] words(String spaced) {
    List<byte[]> words = new ArrayList<>();
    for (String word : spaced.split(" ", -1)) {
      words.add(word.getBytes(StandardCharsets.US_ASCII));
    }
    return words.toArray(byte[][]::new);
  }
}
