package dev.jtask.worker.registry.classes;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URL;
import java.net.URLClassLoader;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PoolThreadsTest {

    private final AtomicReference<@Nullable ClassLoader> context = new AtomicReference<>();
    private final ForkJoinPool pool = new ForkJoinPool(1, new PoolThreads(context::get), null, false);

    @AfterEach
    void close() {
        pool.close();
    }

    @Test
    void aThreadThatIsOlderThanTheJarsSeesThemAllTheSame() throws Exception {
        assertThat(seen()).isSameAs(ClassLoader.getSystemClassLoader());

        try (var jars = new URLClassLoader(new URL[0])) {
            context.set(jars);
            assertThat(seen()).isSameAs(jars);
        }
    }

    @Test
    void whatIsSetOnAThreadHolds() throws Exception {
        try (var jars = new URLClassLoader(new URL[0]);
                var own = new URLClassLoader(new URL[0])) {
            context.set(jars);
            pool.submit(() -> Thread.currentThread().setContextClassLoader(own)).get();

            assertThat(seen()).isSameAs(own);
        }
    }

    private @Nullable ClassLoader seen() throws Exception {
        return pool.submit(() -> Thread.currentThread().getContextClassLoader()).get();
    }
}
