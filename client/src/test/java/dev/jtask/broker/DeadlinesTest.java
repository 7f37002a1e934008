package dev.jtask.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DeadlinesTest {

    private static final Duration SOON = Duration.ofSeconds(60);

    private final Collection<Publication> over = new ConcurrentLinkedQueue<>();
    private final Deadlines deadlines = new Deadlines(over::add);

    @Test
    void eachEndsOnceAndNotBeforeItsTime() {
        long begin = System.nanoTime();
        var all = IntStream.range(0, 100).mapToObj(n -> publication()).toList();
        all.forEach(each -> deadlines.add(each, Duration.ofMillis(50)));

        await().atMost(SOON).until(() -> over.size() >= all.size());
        assertThat(System.nanoTime() - begin)
                .isGreaterThanOrEqualTo(Duration.ofMillis(50).toNanos());
        assertThat(over).containsExactlyInAnyOrderElementsOf(all);
    }

    @Test
    void oneThatHasEndedBeforeIsLeftAlone() {
        var ended = publication();
        deadlines.add(ended, Duration.ofMillis(50));
        ended.confirmed();
        var later = publication();
        deadlines.add(later, Duration.ofMillis(100));

        await().atMost(SOON).until(() -> !over.isEmpty());
        assertThat(over).containsExactly(later);
    }

    @Test
    void aTimeOfAgesIsNotOver() {
        deadlines.add(publication(), Duration.ofSeconds(Long.MAX_VALUE));
        var later = publication();
        deadlines.add(later, Duration.ofMillis(20));

        await().atMost(SOON).until(() -> !over.isEmpty());
        assertThat(over).containsExactly(later);
    }

    @Test
    void aClosedOneEndsNothing() {
        deadlines.add(publication(), Duration.ofMillis(20));
        deadlines.close();
        var later = publication();
        deadlines.add(later, Duration.ofMillis(60));

        await().atMost(SOON).until(() -> !over.isEmpty());
        assertThat(over).containsExactly(later);
    }

    private static Publication publication() {
        return new Publication(Parcels.reply("q", "a"), Patience.ENDLESS, Publication.Way.TOGETHER, again -> {});
    }
}
