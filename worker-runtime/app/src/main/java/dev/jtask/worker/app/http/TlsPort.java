package dev.jtask.worker.app.http;

import dev.jtask.protocol.tls.TlsVersions;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One page over TLS, for those who read figures. A visitor has a thread for as long as a deadline lets it, and there
/// are only so many: with one more the oldest goes. The probes are elsewhere and notice none of it.
final class TlsPort implements Port {

    private static final Logger LOG = LoggerFactory.getLogger(TlsPort.class);
    private static final int MOST_VISITORS = 32;
    private static final int MOST_HEAD = 8 << 10;
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration BREATH = Duration.ofMillis(500);
    private static final int LOOK_MS = 200;

    private final ServerSocket door;
    private final Supplier<SSLContext> contexts;
    private final Page page;
    /// Each with the end of its time, the oldest first; for whoever holds it.
    private final Map<Socket, Long> visitors = new LinkedHashMap<>();

    private TlsPort(ServerSocket door, Supplier<SSLContext> contexts, Page page) {
        this.door = door;
        this.contexts = contexts;
        this.page = page;
    }

    /// @param contexts with a certificate, asked for each connection
    static TlsPort open(InetSocketAddress address, Supplier<SSLContext> contexts, Page page) throws IOException {
        var door = new ServerSocket();
        try {
            door.setReuseAddress(true);
            door.bind(address);
            door.setSoTimeout(LOOK_MS);
        } catch (IOException e) {
            door.close();
            throw e;
        }
        var port = new TlsPort(door, contexts, page);
        Thread.ofPlatform().daemon().name("https-" + port.number()).start(port::serve);
        return port;
    }

    @Override
    public int number() {
        return door.getLocalPort();
    }

    @Override
    public void close() {
        try {
            door.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            page.thread().shutdownNow();
        }
    }

    private void serve() {
        while (!door.isClosed()) {
            try {
                endLate();
                welcome(door.accept());
            } catch (SocketTimeoutException e) {
                // nobody has come: look who is late
            } catch (IOException | RuntimeException | Error e) {
                if (!door.isClosed()) {
                    LOG.warn("https port {}: {}", number(), e.toString());
                    LockSupport.parkNanos(BREATH.toNanos()); // such as while there is no file left to be had
                }
            }
        }
        all().forEach(TlsPort::leave);
    }

    private void welcome(Socket visitor) {
        synchronized (visitors) {
            visitors.put(visitor, System.nanoTime() + 2 * PATIENCE.toNanos());
            if (visitors.size() > MOST_VISITORS) {
                var oldest = visitors.keySet().iterator().next();
                visitors.remove(oldest);
                leave(oldest);
            }
        }
        // as its carrier, tasks might keep every virtual thread's
        Thread.ofPlatform().daemon().name("https-visitor").start(() -> receive(visitor));
    }

    private void receive(Socket visitor) {
        try (visitor) {
            visitor.setSoTimeout((int) PATIENCE.toMillis());
            var factory = contexts.get().getSocketFactory();
            try (var secured = (SSLSocket) factory.createSocket(visitor, null, true)) {
                secured.setEnabledProtocols(TlsVersions.spoken());
                secured.getOutputStream().write(answer(secured.getInputStream()));
            }
        } catch (IOException | RuntimeException e) {
            LOG.debug("a visitor of port {} left", number(), e);
        } finally {
            synchronized (visitors) {
                visitors.remove(visitor);
            }
        }
    }

    /// Reads the question and finds its answer.
    private byte[] answer(InputStream in) throws IOException {
        var received = new byte[MOST_HEAD];
        int length = 0;
        while (length < received.length) {
            int read = in.read(received, length, received.length - length);
            if (read < 0) {
                throw new IOException("gone");
            }
            length += read;
            var answer = answer(new String(received, 0, length, StandardCharsets.ISO_8859_1));
            if (answer.length > 0) {
                return answer;
            }
        }
        return bytes(Answer.TOO_LONG, true);
    }

    /// Empty while the head is not whole.
    private byte[] answer(String received) {
        try {
            return Request.read(received)
                    .map(request -> bytes(answer(request), request.wantsBody()))
                    .orElseGet(() -> new byte[0]);
        } catch (IllegalArgumentException e) {
            return bytes(Answer.to(e), true);
        }
    }

    private Answer answer(Request request) {
        if (!request.path().equals(page.path())) {
            return Answer.NO_PAGE;
        }
        if (!request.isRead()) {
            return Answer.READ_ONLY;
        }
        try {
            return page.answer(request).get(PATIENCE.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException | TimeoutException e) {
            return Answer.LATE;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Answer(Answer.Status.UNAVAILABLE, "stopping\n");
        }
    }

    private static byte[] bytes(Answer answer, boolean body) {
        var buffer = answer.bytes(body);
        var bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }

    private void endLate() {
        long now = System.nanoTime();
        synchronized (visitors) {
            visitors.forEach((visitor, end) -> {
                if (now - end > 0) {
                    leave(visitor);
                }
            });
        }
    }

    private List<Socket> all() {
        synchronized (visitors) {
            return List.copyOf(visitors.keySet());
        }
    }

    /// Ends what its thread waits for.
    private static void leave(Socket visitor) {
        try {
            visitor.close();
        } catch (IOException e) {
            LOG.debug("a visitor was gone already", e);
        }
    }
}
