package dev.jtask.operator.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// A question to a server that nobody trusts. The time-out of a request ends with the headers of its answer: here the
/// body has a deadline and a size as well, and it is never held as a whole, as a hundred servers may answer at once.
public final class Exchange {

    /// What is made of an answer while it comes in.
    public interface Reading<T> {

        /// @param body ends with an error where it is too long or too late
        T of(int status, InputStream body) throws IOException;
    }

    private Exchange() {}

    /// @param mostBytes of the body
    /// @param within for the whole answer
    /// @throws ExecutionException with what went wrong as its cause
    /// @throws TimeoutException when the answer is not whole in time; it is not waited for any more
    public static <T> T read(HttpClient http, HttpRequest request, long mostBytes, Duration within, Reading<T> reading)
            throws ExecutionException, TimeoutException, InterruptedException {
        long end = System.nanoTime() + within.toNanos();
        var answer = begun(http, request, mostBytes, within);
        var late = new CompletableFuture<Boolean>();
        try (var body = answer.body()) {
            var _ = late.orTimeout(end - System.nanoTime(), TimeUnit.NANOSECONDS)
                    .whenComplete((read, over) -> abandon(over, body));
            var read = reading.of(answer.statusCode(), body);
            // to its end, so that the connection serves the next question as well
            body.transferTo(OutputStream.nullOutputStream());
            return read;
        } catch (IOException e) {
            if (late.isCompletedExceptionally()) {
                throw new TimeoutException();
            }
            throw new ExecutionException(e);
        } finally {
            late.complete(true);
        }
    }

    private static HttpResponse<InputStream> begun(
            HttpClient http, HttpRequest request, long mostBytes, Duration within)
            throws ExecutionException, TimeoutException, InterruptedException {
        var asked = http.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofInputStream(), mostBytes));
        try {
            return asked.get(within.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException | InterruptedException e) {
            asked.cancel(true);
            throw e;
        }
    }

    /// Whoever reads it hears that it is closed.
    private static void abandon(Throwable over, InputStream body) {
        if (over instanceof TimeoutException) {
            try {
                body.close();
            } catch (IOException e) {
                over.addSuppressed(e);
            }
        }
    }
}
