package dev.alicorn.gateway.http;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.alicorn.engine.quality.Pair;
import dev.alicorn.engine.records.RecentRecords.Step;
import dev.alicorn.engine.records.SettledRecord;
import dev.alicorn.gateway.daemon.HostedJob;
import dev.alicorn.gateway.daemon.RecordsView;
import org.apache.pekko.http.javadsl.model.StatusCodes;
import org.apache.pekko.http.javadsl.server.Route;

/// `/v1/jobs/{id}/records`: captions and samples with what became of them.
final class RecordRoutes {
  private static final int LISTED = 20;
  private static final int LISTED_MAX = 100;
  private static final ObjectMapper JSON = new ObjectMapper();

  private RecordRoutes() {}

  static Route of(HostedJob job) {
    return Query.choice(
        "stage",
        Step.values(),
        Step::key,
        step ->
            Query.choice(
                "outcome",
                SettledRecord.Outcome.values(),
                SettledRecord.Outcome::key,
                outcome ->
                    Query.count(
                        "limit",
                        LISTED,
                        LISTED_MAX,
                        limit ->
                            Answers.blocking(() ->
                                Answers.json(
                                    StatusCodes.OK,
                                    json(job.records(step, outcome, limit)).toString())))));
  }

  private static ObjectNode json(RecordsView found) {
    ObjectNode root = JSON.createObjectNode();
    ArrayNode records = root.putArray("records");
    found.records().forEach(record -> put(records.addObject(), record));
    return root.put("newest", found.newest());
  }

  private static void put(ObjectNode json, SettledRecord record) {
    json.put("record", record.record().ordinal())
        .put("stage", record.stage().key())
        .put("outcome", record.outcome().key());
    record.reason().ifPresent(reason -> json.put("reason", reason));
    record.detail().ifPresent(detail -> json.put("detail", detail));
    record.seed().ifPresent(seed -> json.put("seed", seed));
    record.caption().ifPresent(caption -> json.put("caption", caption));
    if (!record.pairs().isEmpty()) {
      ArrayNode turns = json.putArray("turns");
      for (Pair pair : record.pairs()) {
        ObjectNode turn = turns.addObject().put("question", pair.question());
        if (!pair.options().isEmpty()) {
          pair.options().forEach(turn.putArray("options")::add);
        }
        turn.put("answer", pair.answer());
      }
    }
  }
}
