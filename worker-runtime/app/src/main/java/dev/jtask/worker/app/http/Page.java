package dev.jtask.worker.app.http;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One path and its answers, found by a thread of its own: a page that hangs silences no other.
///
/// @param thread a platform thread, for tasks that keep every virtual thread's carrier busy must not silence the worker
record Page(String path, Function<Request, Answer> answers, ExecutorService thread) {

    private static final Logger LOG = LoggerFactory.getLogger(Page.class);

    static Page of(String path, Function<Request, Answer> answers) {
        return new Page(
                path,
                answers,
                Executors.newSingleThreadExecutor(
                        Thread.ofPlatform().daemon().name("http-" + path).factory()));
    }

    CompletableFuture<Answer> answer(Request request) {
        return CompletableFuture.supplyAsync(() -> answers.apply(request), thread)
                .exceptionally(failure -> {
                    LOG.warn("{} has no answer", path, failure);
                    return new Answer(Answer.Status.UNAVAILABLE, "%s failed; the log says why\n".formatted(path));
                });
    }
}
