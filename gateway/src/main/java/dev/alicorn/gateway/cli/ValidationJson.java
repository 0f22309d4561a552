package dev.alicorn.gateway.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.alicorn.engine.validate.Finding;
import dev.alicorn.engine.validate.FormatSeen;
import dev.alicorn.engine.validate.Validation;
import java.time.Duration;
import java.util.List;

/// A validation for programs: one JSON object on a line.
///
/// `findings` are those that are listed, `unlisted` counts the others by check; a finding of a file
/// as a whole has no `row`, and one without id no `id`.
final class ValidationJson {
  private static final ObjectMapper JSON = new ObjectMapper();

  private ValidationJson() {}

  static String of(Validation validation, List<Finding> findings, Duration took) {
    ObjectNode root = JSON.createObjectNode();
    root.put("findings_total", validation.findings())
        .put("rows", validation.rows())
        .put("embeddings", validation.embeddings())
        .put("seconds", took.toMillis() / 1e3);
    ArrayNode formats = root.putArray("formats");
    for (FormatSeen format : validation.formats()) {
      formats
          .addObject()
          .put("name", format.name())
          .put("pretrain", format.pretrain())
          .put("instruct", format.instruct())
          .put("embeddings", format.vectors());
    }
    ArrayNode listed = root.putArray("findings");
    for (Finding finding : findings) {
      ObjectNode json =
          listed.addObject().put("check", finding.check().key()).put("file", finding.file());
      if (finding.row() > 0) {
        json.put("row", finding.row());
      }
      if (!finding.id().isEmpty()) {
        json.put("id", finding.id());
      }
      json.put("message", finding.message());
    }
    ObjectNode unlisted = root.putObject("unlisted");
    validation.unlisted().forEach((check, count) -> unlisted.put(check.key(), count));
    ArrayNode warnings = root.putArray("warnings");
    validation.warnings().forEach(warnings::add);
    return root.toString();
  }
}
