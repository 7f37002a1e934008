package dev.jtask.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.impl.Frame;
import com.rabbitmq.client.impl.FrameHandler;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FlushingTest {

    private final List<String> calls = new CopyOnWriteArrayList<>();
    private final FrameHandler frames = PackingFactory.packing(
            (FrameHandler) Proxy.newProxyInstance(
                    getClass().getClassLoader(), new Class<?>[] {FrameHandler.class}, (proxy, method, given) -> {
                        calls.add(method.getName());
                        return null;
                    }),
            1_000);

    @AfterEach
    void forget() {
        Flushing.never();
    }

    @Test
    void whatIsWrittenTogetherIsHandedOnOnce() throws IOException {
        for (int i = 0; i < 3; i++) {
            Flushing.later(this::send);
        }
        assertThat(calls).containsExactly("writeFrame", "writeFrame", "writeFrame");

        Flushing.now();
        Flushing.now();
        assertThat(calls).containsExactly("writeFrame", "writeFrame", "writeFrame", "flush");
    }

    @Test
    void aQuestionBetweenIsHandedOnAtOnce() throws IOException {
        Flushing.later(this::send);
        send();

        assertThat(calls).containsExactly("writeFrame", "writeFrame", "flush");
    }

    @Test
    void otherThreadsDoNotWait() throws IOException {
        Flushing.later(() -> CompletableFuture.runAsync(() -> {
                    try {
                        send();
                    } catch (IOException e) {
                        throw new CompletionException(e);
                    }
                })
                .join());

        assertThat(calls).containsExactly("writeFrame", "flush");
    }

    @Test
    void aFailureLeavesNobodyWaiting() throws IOException {
        assertThatThrownBy(() -> Flushing.later(() -> {
                    throw new IOException("gone");
                }))
                .hasMessage("gone");
        send();

        assertThat(calls).containsExactly("writeFrame", "flush");
    }

    @Test
    void nothingIsHandedOnToAConnectionThatIsGone() throws IOException {
        Flushing.later(this::send);
        Flushing.never();
        Flushing.now();

        assertThat(calls).containsExactly("writeFrame");
    }

    private void send() throws IOException {
        frames.writeFrame(new Frame(AMQP.FRAME_METHOD, 1, new byte[1]));
        frames.flush(null);
    }
}
