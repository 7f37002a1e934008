package dev.jtask.worker.app.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A port that any number of slow or silent clients cannot take from the others: no thread waits for one, each has a
/// deadline, and when there are too many, or the process has no file left for one more, the oldest that have not said
/// what they want go first.
final class HttpPort implements Port {

    private static final Logger LOG = LoggerFactory.getLogger(HttpPort.class);
    private static final int MOST_VISITORS = 200;
    private static final int BACKLOG = 200;
    private static final long PATIENCE = Duration.ofSeconds(5).toNanos();
    private static final long LOOK_MS = 200;
    private static final long BREATH = Duration.ofMillis(500).toNanos();
    /// Of those that may go, so many parts make room at once.
    private static final int PART = 4;

    private final Selector selector;
    private final ServerSocketChannel door;
    private final Entry entry;
    private final SelectionKey arrivals;
    private final Map<String, Page> pages;
    private final Set<Visitor> visitors = new LinkedHashSet<>();
    private final Queue<Runnable> found = new ConcurrentLinkedQueue<>();

    /// Empty while all is well, so that trouble is told once.
    private String trouble = "";
    private boolean closed;
    private long opens;

    private HttpPort(Selector selector, ServerSocketChannel door, Entry entry, List<Page> pages) throws IOException {
        this.selector = selector;
        this.door = door;
        this.entry = entry;
        this.arrivals = door.register(selector, SelectionKey.OP_ACCEPT);
        this.pages = pages.stream().collect(Collectors.toMap(Page::path, Function.identity()));
    }

    static HttpPort open(InetSocketAddress address, List<Page> pages) throws IOException {
        return open(address, pages, entry -> entry);
    }

    /// @param entry made of the usual one
    static HttpPort open(InetSocketAddress address, List<Page> pages, UnaryOperator<Entry> entry) throws IOException {
        var door = ServerSocketChannel.open();
        try {
            door.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            door.bind(address, BACKLOG);
            door.configureBlocking(false);
            var port = new HttpPort(Selector.open(), door, entry.apply(door::accept), pages);
            Thread.ofPlatform().daemon().name("http-" + port.number()).start(port::serve);
            return port;
        } catch (IOException | RuntimeException e) {
            door.close();
            throw e;
        }
    }

    @Override
    public int number() {
        return door.socket().getLocalPort();
    }

    @Override
    public void close() {
        try {
            door.close();
            selector.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            pages.values().forEach(page -> page.thread().shutdownNow());
        }
    }

    private void serve() {
        while (selector.isOpen()) {
            try {
                selector.select(this::turn, LOOK_MS);
            } catch (ClosedSelectorException e) {
                break;
            } catch (IOException | RuntimeException | Error e) {
                // one connection's trouble: the port stays
                told(e.toString());
                LockSupport.parkNanos(BREATH);
            }
            try {
                for (var next = found.poll(); next != null; next = found.poll()) {
                    next.run();
                }
                endLate();
                reopen();
            } catch (CancelledKeyException | ClosedSelectorException e) {
                LOG.debug("http port {}: a visitor or the port is gone", number(), e);
            } catch (RuntimeException | Error e) {
                told(e.toString());
            }
        }
        visitors.forEach(Visitor::leave);
    }

    /// Whoever stands at the door would wake the selector again and again.
    private void shut(long nanos) {
        closed = true;
        opens = System.nanoTime() + nanos;
        arrivals.interestOps(0);
    }

    private void reopen() {
        if (closed && System.nanoTime() - opens >= 0) {
            closed = false;
            arrivals.interestOps(SelectionKey.OP_ACCEPT);
        }
    }

    private void told(String now) {
        if (!trouble.equals(now)) {
            trouble = now;
            LOG.warn("http port {}: {}", number(), now);
        }
    }

    private void turn(SelectionKey key) {
        if (!(key.attachment() instanceof Visitor visitor)) {
            accept();
            return;
        }
        try {
            if (visitor.isAnswered()) {
                visitor.write();
            } else {
                listen(visitor);
            }
        } catch (IOException e) {
            visitor.leave();
        }
        forget(visitor);
    }

    private void accept() {
        try {
            for (var channel = entry.accept(); channel != null; channel = entry.accept()) {
                makeRoom();
                welcome(channel);
            }
            if (!trouble.isEmpty()) {
                trouble = "";
                LOG.info("http port {}: takes connections again", number());
            }
        } catch (IOException e) {
            told("cannot take a connection: " + e.getMessage());
            // a file that is let go here is free after the selector's next turn
            shut(letGo() ? 0 : BREATH);
        }
    }

    private void welcome(SocketChannel channel) throws IOException {
        channel.configureBlocking(false);
        var key = channel.register(selector, SelectionKey.OP_READ);
        var visitor = new Visitor(channel, key, later());
        key.attach(visitor);
        visitors.add(visitor);
    }

    /// Lets the oldest of those leave who have said nothing whole yet.
    ///
    /// @return whether there was one
    private boolean letGo() {
        var silent = visitors.stream().filter(Visitor::isReading).toList();
        var leaving = silent.subList(0, (silent.size() + PART - 1) / PART);
        leaving.forEach(Visitor::leave);
        leaving.forEach(visitors::remove);
        return !leaving.isEmpty();
    }

    private void makeRoom() {
        if (visitors.size() >= MOST_VISITORS) {
            var oldest = visitors.stream()
                    .filter(Visitor::isReading)
                    .findFirst()
                    .orElseGet(() -> visitors.iterator().next());
            oldest.leave();
            visitors.remove(oldest);
        }
    }

    private void listen(Visitor visitor) throws IOException {
        try {
            var request = visitor.read();
            if (request.isPresent()) {
                ask(visitor, request.get());
            } else if (visitor.isFull()) {
                visitor.answer(Answer.TOO_LONG, later());
            }
        } catch (IllegalArgumentException e) {
            visitor.answer(Answer.to(e), later());
        }
    }

    private void ask(Visitor visitor, Request request) throws IOException {
        var page = pages.get(request.path());
        if (page == null) {
            visitor.answer(Answer.NO_PAGE, later());
        } else if (!request.isRead()) {
            visitor.answer(Answer.READ_ONLY, later());
        } else {
            visitor.patience(later());
            var _ = page.answer(request).thenAccept(answer -> {
                found.add(() -> tell(visitor, answer));
                selector.wakeup();
            });
        }
    }

    private void tell(Visitor visitor, Answer answer) {
        if (visitor.isGone() || visitor.isAnswered()) {
            return;
        }
        try {
            visitor.answer(answer, later());
        } catch (IOException e) {
            visitor.leave();
        }
        forget(visitor);
    }

    private void endLate() {
        long now = System.nanoTime();
        for (var visitor : List.copyOf(visitors)) {
            if (!visitor.isLate(now)) {
                continue;
            }
            if (visitor.isAnswered()) {
                visitor.leave();
                visitors.remove(visitor);
            } else {
                tell(visitor, late(visitor));
            }
        }
    }

    private static Answer late(Visitor visitor) {
        return visitor.isReading() ? new Answer(Answer.Status.TOO_SLOW, "the request did not end\n") : Answer.LATE;
    }

    private void forget(Visitor visitor) {
        if (visitor.isGone()) {
            visitors.remove(visitor);
        }
    }

    private static long later() {
        return System.nanoTime() + PATIENCE;
    }
}
