package dev.alicorn.gpuworker.tokenize;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;

/// A WordPiece model's vocabulary: pieces that begin a word, and pieces that continue one.
///
/// @param first piece to id, for the beginning of a word
/// @param following piece to id, its `##` taken off
/// @param pieceCharsMax length of the longest piece in UTF-16 units
record WordPieceVocabulary(
    Map<String, Integer> first, Map<String, Integer> following, int pieceCharsMax) {
  private static final String CONTINUED = "##";

  /// Reads `model.vocab` of a `tokenizer.json`, as a stream.
  ///
  /// @throws IOException also where the file describes another kind of tokenizer
  static WordPieceVocabulary read(InputStream tokenizerJson) throws IOException {
    Map<String, Integer> first = new HashMap<>();
    Map<String, Integer> following = new HashMap<>();
    String type = "";
    int longest = 0;
    try (JsonParser json = JsonFactory.builder().build().createParser(tokenizerJson)) {
      descend(json, "model");
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String key = json.currentName();
        json.nextToken();
        if (key.equals("type")) {
          type = json.getText();
        } else if (key.equals("vocab")) {
          while (json.nextToken() == JsonToken.FIELD_NAME) {
            String piece = json.currentName();
            int id = json.nextIntValue(-1);
            if (piece.startsWith(CONTINUED) && piece.length() > CONTINUED.length()) {
              following.put(piece.substring(CONTINUED.length()), id);
            } else {
              first.put(piece, id);
            }
            longest = Math.max(longest, piece.length());
          }
        } else {
          json.skipChildren();
        }
      }
    }
    if (!type.equals("WordPiece") || first.isEmpty()) {
      throw new IOException("tokenizer.json: not a WordPiece model with a vocabulary");
    }
    return new WordPieceVocabulary(first, following, longest);
  }

  /// The id of a special token.
  int special(String token) throws IOException {
    Integer id = first.get(token);
    if (id == null) {
      throw new IOException("tokenizer.json: the vocabulary has no " + token);
    }
    return id;
  }

  private static void descend(JsonParser json, String wanted) throws IOException {
    json.nextToken();
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      boolean found = json.currentName().equals(wanted);
      json.nextToken();
      if (found) {
        return;
      }
      json.skipChildren();
    }
    throw new IOException("tokenizer.json: no key " + wanted);
  }
}
