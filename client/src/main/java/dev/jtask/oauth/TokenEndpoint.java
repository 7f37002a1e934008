package dev.jtask.oauth;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.jtask.protocol.tls.TlsVersions;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// Asks the authorization server. An answer has a deadline and a size; redirections are not followed, as the secret
/// is for this server alone.
final class TokenEndpoint implements TokenSource {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int MOST_BYTES = 64 << 10;
    private static final long LONGEST_SECONDS = Duration.ofDays(365).toSeconds();
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Grant grant;
    private final Clock clock;
    private final Duration patience;
    private @Nullable HttpClient http;

    TokenEndpoint(Grant grant, Clock clock) {
        this(grant, clock, PATIENCE);
    }

    TokenEndpoint(Grant grant, Clock clock, Duration patience) {
        this.grant = grant;
        this.clock = clock;
        this.patience = patience;
    }

    @Override
    public Token ask() throws IOException {
        var from = clock.instant();
        var answer = answer();
        var body = json(answer.body());
        if (answer.statusCode() != 200) {
            throw refused(answer.statusCode(), body.path("error").asText(""));
        }
        var text = body.path("access_token").asText("");
        long seconds = body.path("expires_in").asLong(0);
        if (text.isEmpty() || seconds <= 0) {
            throw failure(
                    "its answer has no access_token with an expires_in above 0",
                    grant.names().endpoint(),
                    null);
        }
        long millis = Math.min(seconds, LONGEST_SECONDS) * 1_000;
        // brokers count in whole seconds, and none is to be used too long
        return new Token(text, from, Duration.ofMillis(millis - Math.min(1_000, millis / 10)));
    }

    private HttpResponse<String> answer() throws IOException {
        var request = HttpRequest.newBuilder(grant.endpoint())
                .timeout(patience)
                .header("Authorization", "Basic " + login())
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Accept", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(grant.form()))
                .build();
        var asked = http().sendAsync(request, head -> new BoundedText(MOST_BYTES));
        try {
            return asked.get(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            asked.cancel(true);
            throw failure("it does not answer within %.0f s".formatted(patience.toMillis() / 1000.0), endpoint(), e);
        } catch (ExecutionException e) {
            throw failure(
                    why(e) + grant.trust().remedy(e).map(what -> "; " + what).orElse(""), endpoint(), e.getCause());
        } catch (InterruptedException e) {
            asked.cancel(true);
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while asking %s for a token".formatted(grant.shown()));
        }
    }

    private String login() throws IOException {
        String secret;
        try {
            secret = grant.secret().read();
        } catch (IOException e) {
            throw failure(String.valueOf(e.getMessage()), grant.names().client(), e);
        }
        var pair = Grant.encoded(grant.client()) + ":" + Grant.encoded(secret);
        return Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.US_ASCII));
    }

    /// Made at the first question, as it starts threads.
    private HttpClient http() throws IOException {
        if (http == null) {
            var builder = HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .sslParameters(TlsVersions.parameters())
                    .connectTimeout(patience);
            var context = grant.trust().context();
            if (context != null) {
                builder.sslContext(context);
            }
            http = builder.build();
        }
        return http;
    }

    private IOException refused(int status, String error) {
        var names = grant.names();
        // the words of the standard; anything else may repeat what we sent
        var word = error.matches("[a-z_]{1,40}") ? " " + error : "";
        var wrong = switch (word) {
            case " invalid_client", " unauthorized_client" -> names.client();
            case " invalid_scope", " invalid_target" -> names.access();
            default -> status == 401 ? names.client() : names.endpoint();
        };
        return failure("it answers %d%s".formatted(status, word), wrong, null);
    }

    private IOException failure(String why, String wrong, @Nullable Throwable cause) {
        return new IOException(
                "no token for client '%s' from %s: %s; correct %s".formatted(grant.client(), grant.shown(), why, wrong),
                cause);
    }

    private String endpoint() {
        return grant.names().endpoint();
    }

    private static JsonNode json(String text) {
        try {
            var read = JSON.readTree(text);
            return read == null ? MissingNode.getInstance() : read;
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance();
        }
    }

    private static String why(Throwable failure) {
        for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
            if (cause.getMessage() != null) {
                return cause.getMessage();
            }
        }
        return "it cannot be reached";
    }
}
