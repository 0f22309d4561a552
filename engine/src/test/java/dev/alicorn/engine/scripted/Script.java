package dev.alicorn.engine.scripted;

import java.time.Duration;
import java.util.Optional;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLContext;

/// What a scripted endpoint does, while it is being written; `start` makes an endpoint of it.
public final class Script {
  int port;
  long seed = 1;
  Duration latency = Duration.ZERO;
  double latencySpread;
  FaultPlan faults = FaultPlan.NONE;
  Optional<UnaryOperator<String>> author = Optional.empty();
  Optional<AdvertisedRate> rate = Optional.empty();
  boolean advertises;
  Optional<String> key = Optional.empty();
  boolean listsModels = true;
  Optional<SSLContext> tls = Optional.empty();
  boolean ledgerByCall = true;

  Script() {}

  /// It listens on this port instead of a free one.
  public Script onPort(int port) {
    this.port = port;
    return this;
  }

  /// Latencies are drawn by this seed.
  public Script withSeed(long seed) {
    this.seed = seed;
    return this;
  }

  /// Every reply takes this long.
  public Script answeringAfter(Duration latency) {
    return answeringAfter(latency, 0);
  }

  /// Replies take a log-normal time.
  ///
  /// @param spread standard deviation of the logarithm
  public Script answeringAfter(Duration median, double spread) {
    latency = median;
    latencySpread = spread;
    return this;
  }

  /// It says what an author, who may be asked by several threads, makes of a request's JSON; ASCII.
  public Script writtenBy(UnaryOperator<String> author) {
    this.author = Optional.of(author);
    return this;
  }

  public Script suffering(FaultPlan faults) {
    this.faults = faults;
    return this;
  }

  /// It answers 429 to whoever asks for more within any 60 s.
  public Script limitedTo(long requestsPerMinute, long tokensPerMinute) {
    rate = Optional.of(new AdvertisedRate(requestsPerMinute, tokensPerMinute));
    return this;
  }

  /// Each reply names the limits, what is left of them, and when they are whole again.
  public Script advertising() {
    advertises = true;
    return this;
  }

  /// It answers 401 to whoever does not bear this key.
  public Script askingForKey(String key) {
    this.key = Optional.of(key);
    return this;
  }

  /// It answers 404 to whoever asks for its models.
  public Script listingNoModels() {
    listsModels = false;
    return this;
  }

  /// It speaks TLS, with the certificate of this context.
  public Script overTls(SSLContext context) {
    tls = Optional.of(context);
    return this;
  }

  public ScriptedEndpoint start() {
    return new ScriptedEndpoint(this);
  }
}
