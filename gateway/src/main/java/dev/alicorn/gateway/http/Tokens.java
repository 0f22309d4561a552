package dev.alicorn.gateway.http;

import dev.alicorn.config.ConfigException;
import dev.alicorn.protocol.ContentHash;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpMethods;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.StatusCodes;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;

/// Who may do what: the tokens of `gateway.tokens_file`, of which it holds only SHA-256.
///
/// A line of the file is `NAME SCOPE[,SCOPE] SHA256`; what follows a `#` is left out. Programs send
/// a token as `Bearer`, browsers as the password of `Basic`.
final class Tokens {
  private static final String CHALLENGE = "Bearer realm=\"alicorn\", Basic realm=\"alicorn\"";
  private static final Pattern BLANKS = Pattern.compile("\\s+");
  private static final Pattern COMMA = Pattern.compile(",");
  private static final Set<String> OPEN = Set.of("/livez", "/readyz", "/openapi.json");

  private final List<Token> tokens;

  /// What a token may do.
  enum Scope {
    READ,
    /// Begin and steer jobs and replays.
    SUBMIT,
    /// All, what concerns every job among it.
    ADMIN
  }

  private record Token(ContentHash hash, Set<Scope> scopes) {}

  private Tokens(List<Token> tokens) {
    this.tokens = tokens;
  }

  /// Reads a file of tokens.
  ///
  /// @throws ConfigException when it is not there or a line of it is none
  static Tokens read(Path file) throws ConfigException, IOException {
    List<String> lines;
    try {
      lines = Files.readAllLines(file);
    } catch (NoSuchFileException _) {
      throw new ConfigException(
          "gateway.tokens_file", file + " is not there; write a line for each token into it");
    }
    List<Token> tokens = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).replaceFirst("#.*", "").strip();
      if (!line.isEmpty()) {
        tokens.add(parse(line, file + ":" + (i + 1)));
      }
    }
    if (tokens.isEmpty()) {
      throw new ConfigException(
          "gateway.tokens_file", file + " has no token; write a line for each into it");
    }
    return new Tokens(tokens);
  }

  private static Token parse(String line, String where) throws ConfigException {
    List<String> parts = BLANKS.splitAsStream(line).toList();
    if (parts.size() != 3 || !parts.get(2).matches("[0-9a-fA-F]{64}")) {
      throw new ConfigException(
          where, "write NAME SCOPE[,SCOPE] SHA256, such as: ann read,submit 9f86d0…");
    }
    Set<Scope> scopes = EnumSet.noneOf(Scope.class);
    for (String word : COMMA.splitAsStream(parts.get(1)).toList()) {
      scopes.add(
          Arrays.stream(Scope.values())
              .filter(scope -> scope.name().toLowerCase(Locale.ROOT).equals(word))
              .findFirst()
              .orElseThrow(() ->
                  new ConfigException(
                      where, word + " is no scope; name some of read, submit, admin")));
    }
    return new Token(new ContentHash(parts.get(2).toLowerCase(Locale.ROOT)), scopes);
  }

  /// Why a request is not let in; empty where it is.
  Optional<HttpResponse> refusal(HttpRequest request) {
    if (OPEN.contains(request.getUri().path())) {
      return Optional.empty();
    }
    Optional<Token> token =
        request
            .getHeader("Authorization")
            .map(HttpHeader::value)
            .flatMap(Tokens::sent)
            .flatMap(this::find);
    if (token.isEmpty()) {
      return Optional.of(
          new Problem(
                  StatusCodes.UNAUTHORIZED,
                  "token",
                  "send a token that the daemon knows, as Authorization: Bearer",
                  Optional.of("Authorization"))
              .response()
              .addHeader(RawHeader.create("WWW-Authenticate", CHALLENGE)));
    }
    Scope needed = needed(request);
    return token.get().scopes().contains(needed) || token.get().scopes().contains(Scope.ADMIN)
        ? Optional.empty()
        : Optional.of(
            new Problem(
                    StatusCodes.FORBIDDEN,
                    "scope",
                    "the token lacks the scope "
                        + needed.name().toLowerCase(Locale.ROOT)
                        + "; use another")
                .response());
  }

  private static Scope needed(HttpRequest request) {
    if (!request.method().equals(HttpMethods.POST)) {
      return Scope.READ;
    }
    return request.getUri().path().startsWith("/v1/endpoints") ? Scope.ADMIN : Scope.SUBMIT;
  }

  /// The token of an Authorization header.
  private static Optional<String> sent(String header) {
    String[] parts = header.split(" ", 2);
    if (parts.length < 2) {
      return Optional.empty();
    }
    return switch (parts[0].toLowerCase(Locale.ROOT)) {
      case "bearer" -> Optional.of(parts[1].strip());
      case "basic" -> password(parts[1].strip());
      default -> Optional.empty();
    };
  }

  private static Optional<String> password(String credentials) {
    try {
      String pair = new String(Base64.getDecoder().decode(credentials), StandardCharsets.UTF_8);
      return Optional.of(pair.substring(pair.indexOf(':') + 1));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  /// Looks at every token, so that the time it takes tells nothing of them.
  private Optional<Token> find(String sent) {
    byte[] hash = bytes(ContentHash.of(sent));
    Optional<Token> found = Optional.empty();
    for (Token token : tokens) {
      if (MessageDigest.isEqual(hash, bytes(token.hash()))) {
        found = Optional.of(token);
      }
    }
    return found;
  }

  private static byte[] bytes(ContentHash hash) {
    return hash.hex().getBytes(StandardCharsets.US_ASCII);
  }
}
