package dev.alicorn.gateway.daemon;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.alicorn.config.JobSpecJson;
import dev.alicorn.engine.judge.Account;
import dev.alicorn.engine.ledger.Statement;
import dev.alicorn.engine.state.JobProgress;
import dev.alicorn.protocol.JobId;
import dev.alicorn.protocol.Money;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Jobs as JSON. Amounts of money are exact decimals as text, times ISO 8601 in UTC; what is not
/// known is left out.
public final class JobJson {
  private static final ObjectMapper JSON = new ObjectMapper();

  private JobJson() {}

  /// A list of jobs, each without its spec.
  ///
  /// @param next what the next page begins behind, if there is one
  public static String list(List<JobView> jobs, Optional<JobId> next) {
    ObjectNode root = JSON.createObjectNode();
    ArrayNode array = root.putArray("jobs");
    jobs.forEach(job -> brief(array.addObject(), job));
    next.ifPresent(id -> root.put("next", id.value()));
    return root.toString();
  }

  /// A job as events carry it: without its spec.
  public static String brief(JobView job) {
    ObjectNode root = JSON.createObjectNode();
    brief(root, job);
    return root.toString();
  }

  public static String whole(JobView job) {
    ObjectNode root = JSON.createObjectNode();
    brief(root, job);
    root.set("spec", read(JobSpecJson.write(job.spec())));
    return root.toString();
  }

  /// Reads what we have written.
  static JsonNode read(String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("this was written and is no JSON: " + json, e);
    }
  }

  private static void copy(String key, JsonNode from, ObjectNode to) {
    if (from.has(key)) {
      to.set(key, from.path(key));
    }
  }

  private static void brief(ObjectNode json, JobView job) {
    json.put("id", job.id().value())
        .put("name", job.spec().name())
        .put("state", job.state().key())
        .put("created_at", job.createdAt().toString());
    job.pause().ifPresent(reason -> json.put("reason", reason.name().toLowerCase(Locale.ROOT)));
    job.detail().ifPresent(detail -> json.put("detail", detail));
    job.progress().ifPresent(progress -> progress(json.putObject("progress"), progress));
    job.bill().ifPresent(bill -> spent(json.putObject("spent"), bill));
    job.toldBefore()
        .ifPresent(told -> {
          copy("progress", told, json);
          copy("spent", told, json);
        });
    job.dataset().ifPresent(dataset -> json.put("dataset", dataset));
  }

  private static void progress(ObjectNode json, JobProgress progress) {
    json.put("seeds", progress.seeds())
        .put("seeds_refused", progress.seedsRefused())
        .put("sealed", progress.sealed())
        .put("captions_accepted", progress.captionsAccepted())
        .put("captions_lost", progress.captionsLost())
        .put("embedded", progress.embedded())
        .put("embeddings_lost", progress.embeddingsLost());
    ObjectNode wanted = json.putObject("samples_wanted");
    progress.samplesWanted().forEach((task, count) -> wanted.put(task.key(), count));
    ObjectNode accepted = json.putObject("samples_accepted");
    progress.samplesAccepted().forEach((task, count) -> accepted.put(task.key(), count));
    json.put("samples_lost", progress.samplesLost());
    ObjectNode losses = json.putObject("losses");
    progress.losses().forEach(losses::put);
  }

  private static void spent(ObjectNode json, Statement bill) {
    account(json, bill.total());
    money(json.putObject("possible_price"), bill.possiblePrice());
    ObjectNode stages = json.putObject("stages");
    bill.accounts().forEach((stage, account) -> account(stages.putObject(stage.key()), account));
  }

  private static void account(ObjectNode json, Account account) {
    json.put("calls", account.calls())
        .put("calls_in_vain", account.vain())
        .put("calls_unknown", account.unknown())
        .put("replies_reused", account.reused().replies())
        .put("input_tokens", account.billed().usage().inputTokens())
        .put("cached_input_tokens", account.billed().usage().cachedInputTokens())
        .put("output_tokens", account.billed().usage().outputTokens());
    money(json.putObject("price"), account.billed().price());
  }

  private static void money(ObjectNode json, Money money) {
    money.amounts().forEach((currency, amount) -> json.put(currency, amount.toPlainString()));
  }
}
