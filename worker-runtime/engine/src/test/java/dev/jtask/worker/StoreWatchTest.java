package dev.jtask.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jtask.backend.ResultStore;
import dev.jtask.backend.StoreServer;
import dev.jtask.backend.StoreUnavailableException;
import dev.jtask.worker.fakes.FakeChords;
import dev.jtask.worker.fakes.FakeClaims;
import dev.jtask.worker.fakes.FakePieces;
import dev.jtask.worker.fakes.FakeResults;
import dev.jtask.worker.fakes.HandTimer;
import dev.jtask.worker.fakes.Journal;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StoreWatchTest {

    private final HandTimer timer = new HandTimer();
    private final Replica server = new Replica();
    private final StoreWatch watch = new StoreWatch(
            new ResultStore(
                    new FakeResults(CompletableFuture.allOf()),
                    new FakePieces(),
                    new FakeChords(new Journal()),
                    new FakeClaims(),
                    server),
            timer);

    @Test
    void aServerThatAnswersAndTakesNoResultsIsNoUse() {
        assertThat(watch.trouble()).isEqualTo("result backend replica has not answered yet");

        watch.start();
        assertThat(watch.trouble()).isEqualTo("it is a replica");

        server.writable = CompletableFuture.allOf();
        timer.pass(Duration.ofSeconds(1));
        assertThat(watch.trouble()).isNull();
    }

    @Test
    void aQuestionThatCannotBeAskedIsAskedAgain() {
        server.broken = new OutOfMemoryError("unable to create native thread");
        watch.start();
        assertThat(watch.trouble()).isEqualTo("result backend replica does not answer");

        server.broken = null;
        server.writable = CompletableFuture.allOf();
        timer.pass(Duration.ofSeconds(1));
        assertThat(watch.trouble()).isNull();
    }

    @Test
    void whatIsNoSentenceOfTheStoresIsNotShown() {
        server.writable = CompletableFuture.failedFuture(new IllegalStateException("0x7f"));

        watch.start();
        assertThat(watch.trouble()).isEqualTo("result backend replica does not answer");
    }

    private static final class Replica implements StoreServer {

        private volatile CompletableFuture<Void> writable =
                CompletableFuture.failedFuture(new StoreUnavailableException("it is a replica", null));

        @Override
        public CompletableFuture<Void> ping() {
            return CompletableFuture.allOf();
        }

        private volatile @Nullable Error broken;

        @Override
        public CompletableFuture<Void> writable() {
            var thrown = broken;
            if (thrown != null) {
                throw thrown;
            }
            return writable.copy();
        }

        @Override
        public void close() {
            // nothing is open
        }

        @Override
        public String toString() {
            return "replica";
        }
    }
}
