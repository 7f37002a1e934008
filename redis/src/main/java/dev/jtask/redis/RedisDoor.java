package dev.jtask.redis;

import dev.jtask.backend.StoreUnavailableException;
import dev.jtask.tls.TlsFiles;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SslVerifyMode;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.NettyCustomizer;
import io.netty.channel.Channel;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Opens connections to one server, all on the same threads; there are none of either before the first.
final class RedisDoor {

    private static final Logger LOG = LoggerFactory.getLogger(RedisDoor.class);
    private static final Duration CLOSE = Duration.ofSeconds(2);

    private final RedisAddress address;
    private final TlsFiles tls;
    private final Pulse pulse;
    private final AtomicLong silences = new AtomicLong();
    private @Nullable Clients clients;
    private boolean closed;

    /// How Lettuce opens one kind of connection.
    interface Opening<C> {
        CompletionStage<C> open(RedisClient client, RedisCodec<String, String> codec, RedisURI uri);
    }

    private record Clients(ClientResources resources, RedisClient lasting, RedisClient once) {

        void close() {
            lasting.shutdown(Duration.ZERO, CLOSE);
            once.shutdown(Duration.ZERO, CLOSE);
            resources.shutdown(0, CLOSE.toMillis(), TimeUnit.MILLISECONDS).awaitUninterruptibly(CLOSE.toMillis());
        }
    }

    RedisDoor(RedisAddress address, TlsFiles tls, Pulse pulse) {
        this.address = address;
        this.tls = tls;
        this.pulse = pulse;
    }

    /// A connection that Lettuce brings back after a loss.
    ///
    /// @param question asked all the while, for a connection that is alive to be heard of
    synchronized <C> CompletableFuture<C> lasting(
            Opening<C> opening, Function<C, ? extends CompletionStage<?>> question) {
        return open(present -> opening.open(present.lasting, StringCodec.UTF8, address.uri())
                .thenApply(connection -> {
                    ask(present.resources, () -> question.apply(connection));
                    return connection;
                }));
    }

    /// A connection that is lost for good when it is lost, with what was asked on it.
    synchronized <C> CompletableFuture<C> once(Opening<C> opening) {
        return open(present -> opening.open(present.once, StringCodec.UTF8, address.uri()));
    }

    /// How often nothing came from the server any more.
    long silences() {
        return silences.get();
    }

    void close() {
        var opened = end();
        if (opened != null) {
            opened.close();
        }
    }

    synchronized boolean isClosed() {
        return closed;
    }

    private synchronized <C> CompletableFuture<C> open(Function<Clients, CompletionStage<C>> opening) {
        if (closed) {
            return CompletableFuture.failedFuture(
                    new StoreUnavailableException("result backend %s is closed".formatted(address), null));
        }
        try {
            // kept when the connection fails: they have threads of their own
            var present = clients == null ? clients() : clients;
            clients = present;
            return opening.apply(present).toCompletableFuture();
        } catch (IOException e) {
            return CompletableFuture.failedFuture(
                    new StoreUnavailableException("result backend %s: %s".formatted(address, e.getMessage()), e));
        }
    }

    private synchronized @Nullable Clients end() {
        var opened = clients;
        clients = null;
        closed = true;
        return opened;
    }

    private Clients clients() throws IOException {
        if (address.tls() == SslVerifyMode.NONE) {
            LOG.warn("result backend {} may be anybody: its certificate is not checked, as its URI says", address);
        }
        var options = RedisTls.options(tls);
        var resources = ClientResources.builder()
                .nettyCustomizer(new NettyCustomizer() {
                    @Override
                    public void afterChannelInitialized(Channel channel) {
                        channel.pipeline().addFirst(new Silence(pulse, RedisDoor.this::silent));
                    }
                })
                .build();
        return new Clients(
                resources,
                client(resources, options),
                client(resources, options.mutate().autoReconnect(false).build()));
    }

    private static RedisClient client(ClientResources resources, ClientOptions options) {
        var client = RedisClient.create(resources);
        client.setOptions(options);
        return client;
    }

    private void ask(ClientResources resources, Supplier<CompletionStage<?>> question) {
        long every = pulse.every().toMillis();
        var ignored = resources
                .eventExecutorGroup()
                .scheduleWithFixedDelay(new Asking(question), every, every, TimeUnit.MILLISECONDS);
    }

    /// One question at a time. Its timer would ask no more after one that throws, and nobody would hear any more of a
    /// connection that is half open.
    static final class Asking implements Runnable {

        private final Supplier<CompletionStage<?>> question;
        private CompletionStage<?> last = CompletableFuture.allOf();

        Asking(Supplier<CompletionStage<?>> question) {
            this.question = question;
        }

        @Override
        public synchronized void run() {
            try {
                if (last.toCompletableFuture().isDone()) {
                    last = question.get();
                }
            } catch (RuntimeException | Error e) {
                LOG.debug("the connection is asked again the next time", e);
            }
        }
    }

    private void silent() {
        silences.incrementAndGet();
        LOG.warn(
                "nothing comes from result backend {} though it was asked {} times; the connection is opened anew",
                address,
                pulse.misses());
    }
}
