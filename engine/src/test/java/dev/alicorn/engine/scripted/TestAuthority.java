package dev.alicorn.engine.scripted;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/// A certificate authority with certificates for servers, made by the JDK's keytool.
public final class TestAuthority {
  private static final char[] PASSWORD = "changeit".toCharArray();
  private static final String AUTHORITY = "authority";

  private final Path file;

  private TestAuthority(Path file) {
    this.file = file;
  }

  /// A new authority.
  ///
  /// @param folder where its file goes
  public static TestAuthority in(Path folder) throws Exception {
    TestAuthority authority = new TestAuthority(folder.resolve("keys.p12"));
    authority.generate(AUTHORITY, List.of("-ext", "bc:c"));
    return authority;
  }

  /// Shows a certificate that is valid now, and trusts this authority alone.
  ///
  /// @param name whom it is for, such as `ip:127.0.0.1`
  public SSLContext server(String name) throws Exception {
    return server(name, List.of());
  }

  /// The same with a certificate that ran out nine days ago.
  public SSLContext expiredServer(String name) throws Exception {
    return server(name, List.of("-startdate", "-10d", "-validity", "1"));
  }

  private SSLContext server(String name, List<String> options) throws Exception {
    String alias = "server" + options.size() + name.replaceAll("[^a-z0-9]", "");
    generate(
        alias,
        Stream.of(List.of("-signer", AUTHORITY, "-ext", "san=" + name), options)
            .flatMap(List::stream)
            .toList());
    KeyStore keys = store();
    KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
    trusted.load(null, null);
    trusted.setCertificateEntry(AUTHORITY, keys.getCertificate(AUTHORITY));
    for (String other : Collections.list(keys.aliases())) {
      if (!other.equals(alias)) {
        keys.deleteEntry(other);
      }
    }
    KeyManagerFactory shown =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    shown.init(keys, PASSWORD);
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(shown.getKeyManagers(), trust.getTrustManagers(), null);
    return context;
  }

  private KeyStore store() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      store.load(in, PASSWORD);
    }
    return store;
  }

  private void generate(String alias, List<String> options) throws Exception {
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
            "-J-XX:TieredStopAtLevel=1",
            "-genkeypair",
            "-alias",
            alias,
            "-keyalg",
            "EC",
            "-dname",
            "CN=" + alias,
            "-storetype",
            "PKCS12",
            "-storepass",
            new String(PASSWORD),
            "-keystore",
            file.toString());
    Process keytool =
        new ProcessBuilder(Stream.of(command, options).flatMap(List::stream).toList())
            .inheritIO()
            .start();
    if (keytool.waitFor() != 0) {
      throw new IOException("keytool made no key for " + alias);
    }
  }
}
