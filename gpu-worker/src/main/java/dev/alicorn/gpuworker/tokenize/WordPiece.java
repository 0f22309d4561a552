package dev.alicorn.gpuworker.tokenize;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Map;

/// BERT's uncased WordPiece tokenizer: `[CLS] piece… [SEP]`, cut at a longest input.
///
/// A word is split greedily into the longest pieces of the vocabulary, from left to right (Wu et
/// al., "Google's Neural Machine Translation System", 2016); one that cannot be split, or that has
/// more than 100 characters, becomes `[UNK]`. A special token's name inside a text is text: it is
/// split at its brackets like any other.
final class WordPiece implements Tokenizer {
  private static final int WORD_CHARS_MAX = 100;
  private static final int SPECIALS = 2;

  private final WordPieceVocabulary vocabulary;
  private final int unknown;
  private final int begin;
  private final int end;
  private final TokenizerSettings settings;
  private final int[] frame;

  private WordPiece(WordPieceVocabulary vocabulary, TokenizerSettings settings) throws IOException {
    this.vocabulary = vocabulary;
    this.unknown = vocabulary.special("[UNK]");
    this.begin = vocabulary.special("[CLS]");
    this.end = vocabulary.special("[SEP]");
    this.settings = settings;
    this.frame = sequence("").ids();
  }

  /// Reads a `tokenizer.json`; its own truncation and padding are not followed.
  ///
  /// @param settings without padding
  /// @throws IOException where the stream fails or describes another kind of tokenizer
  static WordPiece read(InputStream tokenizerJson, TokenizerSettings settings) throws IOException {
    if (settings.tokensMax() <= SPECIALS || settings.padded()) {
      throw new IllegalArgumentException("tokens above " + SPECIALS + ", unpadded: " + settings);
    }
    return new WordPiece(WordPieceVocabulary.read(tokenizerJson), settings);
  }

  @Override
  public TokenSequence tokenize(String text) {
    Sequence sequence = sequence(text);
    int[] ids = sequence.ids();
    return new TokenSequence(ids, ids.length, Arrays.equals(ids, frame), sequence.truncated);
  }

  /// Nothing: the vocabulary is Java's own.
  @Override
  public void close() {}

  private Sequence sequence(String text) {
    Sequence sequence = new Sequence();
    String normal = BertText.normalise(settings.framed(text));
    int at = 0;
    while (at < normal.length() && !sequence.truncated) {
      int c = normal.codePointAt(at);
      int next = at + Character.charCount(c);
      if (c == ' ') {
        at = next;
        continue;
      }
      if (!BertText.isPunctuation(c)) {
        next = endOfWord(normal, next);
      }
      sequence.addWord(normal, at, next);
      at = next;
    }
    return sequence;
  }

  private static int endOfWord(String text, int from) {
    int at = from;
    while (at < text.length()) {
      int c = text.codePointAt(at);
      if (c == ' ' || BertText.isPunctuation(c)) {
        break;
      }
      at += Character.charCount(c);
    }
    return at;
  }

  /// The ids of one text as they grow.
  private final class Sequence {
    private final int[] ids = new int[settings.tokensMax()];
    private final int[] pieces = new int[WORD_CHARS_MAX];
    private int length = 1;
    private boolean truncated;

    private Sequence() {
      ids[0] = begin;
    }

    private void addWord(String text, int from, int to) {
      int count = split(text, from, to);
      int room = settings.tokensMax() - 1 - length;
      truncated = count > room;
      int kept = Math.min(count, room);
      System.arraycopy(pieces, 0, ids, length, kept);
      length += kept;
    }

    private int split(String text, int from, int to) {
      int count = 0;
      if (to - from <= WORD_CHARS_MAX || text.codePointCount(from, to) <= WORD_CHARS_MAX) {
        for (int start = from; start < to; count++) {
          Map<String, Integer> known = start == from ? vocabulary.first() : vocabulary.following();
          int stop = Math.min(to, start + vocabulary.pieceCharsMax());
          Integer id = null;
          while (stop > start && (id = known.get(text.substring(start, stop))) == null) {
            stop--;
          }
          if (id == null) {
            pieces[0] = unknown;
            return 1;
          }
          pieces[count] = id;
          start = stop;
        }
        return count;
      }
      pieces[0] = unknown;
      return 1;
    }

    private int[] ids() {
      ids[length] = end;
      return Arrays.copyOf(ids, length + 1);
    }
  }
}
