package dev.jtask.operator.http;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// A question to a server that nobody trusts. The time-out of a request ends with the headers of its answer: here the
/// body has a deadline and a size as well.
public final class Exchange {

    private Exchange() {}

    /// @param mostBytes of the body
    /// @param within for the whole answer
    /// @throws ExecutionException with what went wrong as its cause
    /// @throws TimeoutException when the answer is not whole in time; it is not waited for any more
    public static <T> HttpResponse<T> whole(
            HttpClient http, HttpRequest request, BodyHandler<T> body, long mostBytes, Duration within)
            throws ExecutionException, TimeoutException, InterruptedException {
        var asked = http.sendAsync(request, BodyHandlers.limiting(body, mostBytes));
        try {
            return asked.get(within.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException | InterruptedException e) {
            asked.cancel(true);
            throw e;
        }
    }
}
