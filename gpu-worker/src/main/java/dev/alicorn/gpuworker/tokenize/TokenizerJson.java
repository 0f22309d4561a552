package dev.alicorn.gpuworker.tokenize;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/// What a `tokenizer.json` says of its tokenizer, without its vocabulary.
///
/// @param root the file's object; of `model` it holds what is neither object nor array
record TokenizerJson(ObjectNode root) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Set<String> BERT_TOKENS =
      Set.of("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]");

  static TokenizerJson read(Path file) throws IOException {
    ObjectNode root = JSON.createObjectNode();
    try (InputStream in = Files.newInputStream(file);
        JsonParser json = JSON.createParser(in)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw new IOException("it is no JSON object");
      }
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String key = json.currentName();
        json.nextToken();
        root.set(key, key.equals("model") ? scalars(json) : JSON.readTree(json));
      }
    }
    return new TokenizerJson(root);
  }

  private static ObjectNode scalars(JsonParser json) throws IOException {
    ObjectNode model = JSON.createObjectNode();
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String key = json.currentName();
      if (json.nextToken().isScalarValue()) {
        model.set(key, JSON.<JsonNode>readTree(json));
      } else {
        json.skipChildren();
      }
    }
    return model;
  }

  /// Whether it describes BERT's uncased WordPiece tokenizer and nothing else, as [WordPiece] does
  /// it.
  boolean isUncasedBert() {
    JsonNode model = root.path("model");
    JsonNode normalizer = root.path("normalizer");
    return model.path("type").asText().equals("WordPiece")
        && model.path("unk_token").asText().equals("[UNK]")
        && model.path("continuing_subword_prefix").asText().equals("##")
        && model.path("max_input_chars_per_word").asInt() == 100
        && normalizer.path("type").asText().equals("BertNormalizer")
        && normalizer.path("clean_text").asBoolean()
        && normalizer.path("handle_chinese_chars").asBoolean()
        && normalizer.path("strip_accents").asBoolean(true)
        && normalizer.path("lowercase").asBoolean()
        && root.path("pre_tokenizer").path("type").asText().equals("BertPreTokenizer")
        && framesAsBert(root.path("post_processor"))
        && hasNoTokensOfItsOwn();
  }

  /// Whether it can pad: it says by what.
  boolean pads() {
    return root.path("padding").isObject();
  }

  private static boolean framesAsBert(JsonNode processor) {
    return switch (processor.path("type").asText()) {
      case "BertProcessing" ->
          processor.path("cls").path(0).asText().equals("[CLS]")
              && processor.path("sep").path(0).asText().equals("[SEP]");
      case "TemplateProcessing" -> {
        JsonNode single = processor.path("single");
        yield single.size() == 3
            && single.path(0).path("SpecialToken").path("id").asText().equals("[CLS]")
            && single.path(1).has("Sequence")
            && single.path(2).path("SpecialToken").path("id").asText().equals("[SEP]");
      }
      default -> false;
    };
  }

  private boolean hasNoTokensOfItsOwn() {
    for (JsonNode token : root.path("added_tokens")) {
      if (!BERT_TOKENS.contains(token.path("content").asText())) {
        return false;
      }
    }
    return true;
  }
}
