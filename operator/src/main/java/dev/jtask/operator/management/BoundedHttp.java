package dev.jtask.operator.management;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.rabbitmq.http.client.HttpClientException;
import com.rabbitmq.http.client.HttpException;
import com.rabbitmq.http.client.HttpLayer;
import com.rabbitmq.http.client.HttpServerException;
import com.rabbitmq.http.client.ParameterizedTypeReference;
import dev.jtask.operator.http.Exchange;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// HTTP to a server that need not be a broker: every answer ends in time and in size, is not looked for elsewhere, says
/// by its form that a management API gave it, and takes no more memory than what is wanted of it.
final class BoundedHttp implements HttpLayer {

    /// A page of 500 queues is a tenth of a megabyte; one with the longest names there are, all of them escaped, fits.
    private static final long LARGEST_ANSWER = 1L << 20;

    private static final int UNAUTHORIZED = 401;
    private static final int NOT_FOUND = 404;
    private static final JsonMapper JSON = JsonMapper.builder()
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS))
            .build();
    /// Remembers no names: whoever answers may think of a million of them.
    private static final JsonFactory PARSERS = JsonFactory.builder()
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .disable(StreamReadFeature.AUTO_CLOSE_SOURCE)
            .build();

    /// What is wanted of an answer.
    interface Shape<T> {

        /// @throws NotManagementException when the answer is none to that question
        T in(JsonParser json) throws IOException;
    }

    private record Reply<T>(int status, @Nullable T said, Refusal refusal) {}

    private final HttpClient http;
    private final Credentials credentials;
    private final Duration timeout;

    /// @param http follows no redirects
    /// @param timeout for a whole answer, its body included
    BoundedHttp(HttpClient http, Credentials credentials, Duration timeout) {
        this.http = http;
        this.credentials = credentials;
        this.timeout = timeout;
    }

    /// @return empty where there is no such thing
    <T> Optional<T> ask(URI uri, Shape<T> shape) {
        var reply = send(request(uri).GET(), shape);
        if (reply.status() == NOT_FOUND) {
            requireBroker(reply);
            return Optional.empty();
        }
        accept(reply);
        return Optional.ofNullable(reply.said());
    }

    @Override
    public <T> T get(URI uri, Class<T> type) {
        throw unbounded();
    }

    @Override
    public <T> T get(URI uri, ParameterizedTypeReference<T> type) {
        throw unbounded();
    }

    private static UnsupportedOperationException unbounded() {
        return new UnsupportedOperationException("an answer is read by its shape, never whole");
    }

    @Override
    @SuppressWarnings("NullAway") // the client ignores what comes of a post
    public <T> T post(URI uri, Object body, Class<T> type) {
        accept(write(request(uri).POST(json(body))));
        return null;
    }

    @Override
    public void put(URI uri, Object body) {
        accept(write(request(uri).PUT(json(body))));
    }

    @Override
    public void delete(URI uri, Map<String, String> headers) {
        var reply = write(request(uri).DELETE());
        if (reply.status() == NOT_FOUND) {
            requireBroker(reply);
        } else {
            accept(reply);
        }
    }

    private HttpRequest.Builder request(URI uri) {
        return HttpRequest.newBuilder(uri)
                .timeout(timeout)
                .header("Authorization", credentials.header())
                .header("Content-Type", "application/json");
    }

    private Reply<Boolean> write(HttpRequest.Builder request) {
        return send(request, json -> true);
    }

    private <T> Reply<T> send(HttpRequest.Builder request, Shape<T> shape) {
        try {
            return Exchange.read(
                    http, request.build(), LARGEST_ANSWER, timeout, (status, body) -> reply(status, body, shape));
        } catch (ExecutionException e) {
            throw new HttpException(e.getCause());
        } catch (TimeoutException e) {
            throw new HttpException("no whole answer within %d ms".formatted(timeout.toMillis()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new HttpException(e);
        }
    }

    private static <T> Reply<T> reply(int status, InputStream body, Shape<T> shape) throws IOException {
        try (var json = PARSERS.createParser(body)) {
            return status / 100 == 2
                    ? new Reply<>(status, shape.in(json), Refusal.NONE)
                    : new Reply<>(status, null, Refusal.in(json));
        } catch (JsonProcessingException e) {
            throw new NotManagementException("its answer is not the JSON of a management API", e);
        }
    }

    private static HttpRequest.BodyPublisher json(Object body) {
        try {
            return BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body));
        } catch (JsonProcessingException e) {
            throw new HttpException(e);
        }
    }

    private void accept(Reply<?> reply) {
        int status = reply.status();
        if (status == UNAUTHORIZED) {
            credentials.refused();
        }
        switch (status / 100) {
            case 2 -> {}
            case 4 -> {
                requireBroker(reply);
                throw new HttpClientException(status, words(reply));
            }
            case 5 -> throw new HttpServerException(status, words(reply));
            default ->
                throw new NotManagementException(
                        "it answers HTTP %d, and redirects are not followed".formatted(status), null);
        }
    }

    /// A broker says in JSON why it does not do something.
    private static String words(Reply<?> reply) {
        var words = reply.refusal().words();
        return words.isEmpty() ? "HTTP " + reply.status() : "HTTP %d: %s".formatted(reply.status(), words);
    }

    /// Any web server refuses something; a broker says in JSON what and why.
    private static void requireBroker(Reply<?> reply) {
        if (!reply.refusal().brokers()) {
            throw new NotManagementException("its HTTP %d is not a management API's".formatted(reply.status()), null);
        }
    }
}
