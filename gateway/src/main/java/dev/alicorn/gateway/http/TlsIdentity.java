package dev.alicorn.gateway.http;

import dev.alicorn.config.ConfigException;
import dev.alicorn.config.GatewayConfig;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/// The daemon's certificate and key, from PEM files: a chain, its own first, and an unencrypted
/// PKCS #8 key of RSA, EC or Ed25519.
final class TlsIdentity {
  private static final List<String> ALGORITHMS = List.of("RSA", "EC", "Ed25519");
  private static final String BEGIN = "-----BEGIN PRIVATE KEY-----";
  private static final String END = "-----END PRIVATE KEY-----";

  private TlsIdentity() {}

  /// A context that shows it to clients.
  static SSLContext load(GatewayConfig.Tls tls) throws ConfigException, IOException {
    List<? extends Certificate> chain = chain(tls.certificate());
    PrivateKey key = key(tls.key());
    char[] none = {};
    try {
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, none);
      store.setKeyEntry("gateway", key, none, chain.toArray(Certificate[]::new));
      KeyManagerFactory keys =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(store, none);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys.getKeyManagers(), null, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new ConfigException(
          "gateway.tls", "certificate and key do not go together: " + e.getMessage());
    }
  }

  private static List<? extends Certificate> chain(Path file) throws ConfigException, IOException {
    try (InputStream in = Files.newInputStream(file)) {
      List<? extends Certificate> chain =
          List.copyOf(CertificateFactory.getInstance("X.509").generateCertificates(in));
      if (!chain.isEmpty()) {
        return chain;
      }
    } catch (NoSuchFileException _) {
      throw missing("certificate", file);
    } catch (CertificateException _) {
      // Told below, as for a file without one.
    }
    throw new ConfigException("gateway.tls.certificate", file + " holds no certificate in PEM");
  }

  private static PrivateKey key(Path file) throws ConfigException, IOException {
    String pem;
    try {
      pem = Files.readString(file);
    } catch (NoSuchFileException _) {
      throw missing("key", file);
    }
    int begin = pem.indexOf(BEGIN);
    int end = pem.indexOf(END);
    if (begin < 0 || end < begin) {
      throw new ConfigException(
          "gateway.tls.key",
          file
              + " holds no unencrypted PKCS #8 key; `openssl pkcs8 -topk8 -nodes` makes one of"
              + " another");
    }
    byte[] bytes = Base64.getMimeDecoder().decode(pem.substring(begin + BEGIN.length(), end));
    for (String algorithm : ALGORITHMS) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(bytes));
      } catch (InvalidKeySpecException _) {
        // It is a key of another algorithm.
      } catch (GeneralSecurityException e) {
        throw new AssertionError("every Java platform has " + algorithm, e);
      }
    }
    throw new ConfigException("gateway.tls.key", file + " is no key of " + ALGORITHMS);
  }

  private static ConfigException missing(String what, Path file) {
    return new ConfigException(
        "gateway.tls." + what, file + " is not there; name a PEM file, or leave tls out");
  }
}
