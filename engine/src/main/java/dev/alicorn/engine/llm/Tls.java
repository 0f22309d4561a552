package dev.alicorn.engine.llm;

import java.security.NoSuchAlgorithmException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import org.apache.pekko.http.javadsl.ConnectionContext;
import org.apache.pekko.http.javadsl.HttpsConnectionContext;

/// How TLS connections are made: the platform's trust, and the host's name must be in the
/// certificate.
///
/// The platform's trust store is loaded with the first connection, not before: it takes longer than
/// all else that a client needs.
final class Tls {
  static final HttpsConnectionContext CLIENT = ConnectionContext.httpsClient(Tls::engine);

  private Tls() {}

  private static SSLEngine engine(String host, int port) throws NoSuchAlgorithmException {
    SSLEngine engine = SSLContext.getDefault().createSSLEngine(host, port);
    engine.setUseClientMode(true);
    SSLParameters parameters = engine.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    engine.setSSLParameters(parameters);
    return engine;
  }
}
