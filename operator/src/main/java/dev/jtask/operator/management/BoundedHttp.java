package dev.jtask.operator.management;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.rabbitmq.http.client.HttpClientException;
import com.rabbitmq.http.client.HttpException;
import com.rabbitmq.http.client.HttpLayer;
import com.rabbitmq.http.client.HttpServerException;
import com.rabbitmq.http.client.JdkHttpClientHttpLayer;
import com.rabbitmq.http.client.ParameterizedTypeReference;
import dev.jtask.operator.http.Exchange;
import dev.jtask.operator.secret.ManagementDoor;
import java.io.IOException;
import java.lang.reflect.Type;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// HTTP to a server that need not be a broker: every answer ends in time and in size, is not looked for elsewhere, and
/// says by its form that a management API gave it.
final class BoundedHttp implements HttpLayer {

    /// A page of 500 queues is a tenth of a megabyte; a queue as it is alone, some kilobytes.
    private static final long LARGEST_ANSWER = 16L << 20;

    private static final int LONGEST_REASON = 200;
    private static final int NOT_FOUND = 404;
    private static final JsonMapper JSON = JsonMapper.builder()
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS))
            .enable(DeserializationFeature.ACCEPT_EMPTY_ARRAY_AS_NULL_OBJECT)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private final HttpClient http;
    private final String authorization;
    private final Duration timeout;

    /// @param http follows no redirects
    /// @param timeout for a whole answer, its body included
    BoundedHttp(HttpClient http, ManagementDoor access, Duration timeout) {
        this.http = http;
        this.authorization = JdkHttpClientHttpLayer.authorization(access.username(), access.password());
        this.timeout = timeout;
    }

    @Override
    @SuppressWarnings("NullAway") // as the client asks for: null where there is no such thing
    public <T> T get(URI uri, Class<T> type) {
        return type.cast(read(uri, type));
    }

    @Override
    @SuppressWarnings({"NullAway", "unchecked"}) // null where there is no such thing; Jackson made what the type says
    public <T> T get(URI uri, ParameterizedTypeReference<T> type) {
        return (T) read(uri, type.getType());
    }

    @Override
    @SuppressWarnings("NullAway") // the client ignores what comes of a post
    public <T> T post(URI uri, Object body, Class<T> type) {
        accept(send(request(uri).POST(json(body))));
        return null;
    }

    @Override
    public void put(URI uri, Object body) {
        accept(send(request(uri).PUT(json(body))));
    }

    @Override
    public void delete(URI uri, Map<String, String> headers) {
        var answer = send(request(uri).DELETE());
        if (answer.statusCode() == NOT_FOUND) {
            requireNotFound(answer);
        } else {
            accept(answer);
        }
    }

    private @Nullable Object read(URI uri, Type type) {
        var answer = send(request(uri).GET());
        if (answer.statusCode() == NOT_FOUND) {
            requireNotFound(answer);
            return null;
        }
        accept(answer);
        return read(answer.body(), type);
    }

    private static Object read(byte[] body, Type type) {
        try {
            @Nullable Object value = JSON.readValue(body, JSON.constructType(type));
            if (value != null) {
                return value;
            }
        } catch (IOException e) {
            throw new NotManagementException("its answer is not the JSON of a management API", e);
        }
        throw new NotManagementException("its answer says nothing", null);
    }

    private HttpRequest.Builder request(URI uri) {
        return HttpRequest.newBuilder(uri)
                .timeout(timeout)
                .header("Authorization", authorization)
                .header("Content-Type", "application/json");
    }

    private HttpResponse<byte[]> send(HttpRequest.Builder request) {
        try {
            return Exchange.whole(http, request.build(), BodyHandlers.ofByteArray(), LARGEST_ANSWER, timeout);
        } catch (ExecutionException e) {
            throw new HttpException(e.getCause());
        } catch (TimeoutException e) {
            throw new HttpException("no whole answer within %d ms".formatted(timeout.toMillis()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new HttpException(e);
        }
    }

    private static HttpRequest.BodyPublisher json(Object body) {
        try {
            return BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body));
        } catch (JsonProcessingException e) {
            throw new HttpException(e);
        }
    }

    private static void accept(HttpResponse<byte[]> answer) {
        var status = answer.statusCode();
        switch (status / 100) {
            case 2 -> {}
            case 4 -> throw new HttpClientException(status, words(answer));
            case 5 -> throw new HttpServerException(status, words(answer));
            default ->
                throw new NotManagementException(
                        "it answers HTTP %d, and redirects are not followed".formatted(status), null);
        }
    }

    /// A broker says in JSON why it does not do something.
    private static String words(HttpResponse<byte[]> answer) {
        var reason = reason(answer.body()).strip();
        var status = "HTTP " + answer.statusCode();
        return reason.isEmpty()
                ? status
                : "%s: %s"
                        .formatted(
                                status,
                                reason.length() <= LONGEST_REASON ? reason : reason.substring(0, LONGEST_REASON) + "…");
    }

    private static String reason(byte[] body) {
        try {
            return JSON.readTree(body).path("reason").asText("").replaceAll("\\p{Cntrl}+", " ");
        } catch (IOException e) {
            // whoever answered is no broker, or has no words
            return "";
        }
    }

    /// Any web server knows 404; a broker says it in JSON.
    private static void requireNotFound(HttpResponse<byte[]> answer) {
        try {
            if (JSON.readTree(answer.body()).path("error").isTextual()) {
                return;
            }
        } catch (IOException e) {
            throw new NotManagementException("its HTTP 404 is not a management API's", e);
        }
        throw new NotManagementException("its HTTP 404 is not a management API's", null);
    }
}
