package dev.jtask.worker.celery.control;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.rabbitmq.client.AlreadyClosedException;
import com.rabbitmq.client.Connection;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Remote control of one worker over all its connections. Without it the worker works all the same: when its mailbox
/// cannot be opened, that is logged and the worker goes on.
public final class RemoteControl implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RemoteControl.class);

    private static final long AGAIN_SECONDS = 15;

    private final Desk desk;
    private final Dispatcher dispatcher;
    private final ExecutorService executor = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("remote-control").factory());

    public RemoteControl(Desk desk) {
        this.desk = desk;
        this.dispatcher = new Dispatcher(desk.options().nodeName())
                .with(InspectCommands.of(desk))
                .with(StatsCommands.of(desk))
                .with(TaskCommands.of(desk))
                .with(RevokeCommands.of(desk))
                .with(WorkerCommands.of(desk));
    }

    /// Opens the mailbox on this connection, and asks the other workers which tasks are revoked. While the broker still
    /// keeps the mailbox of a lost connection it is tried again.
    public void attach(Connection connection) {
        try {
            var mailbox = new Mailbox(desk.options().nodeName(), dispatcher, desk.lamport(), connection, this::execute);
            mailbox.open();
            var hello = JsonNodeFactory.instance
                    .objectNode()
                    .put("from_node", desk.options().nodeName());
            hello.putObject("revoked");
            mailbox.ask("hello", hello, answer -> RevokeCommands.merge(desk, answer));
        } catch (IOException e) {
            LOG.warn(
                    "no remote control for {} yet: {}; trying again in {} s. Each worker needs a JTASK_NODE_NAME of its own",
                    desk.options().nodeName(),
                    e.getCause() == null ? e.getMessage() : e.getCause().getMessage(),
                    AGAIN_SECONDS);
            CompletableFuture.delayedExecutor(AGAIN_SECONDS, TimeUnit.SECONDS, this::execute)
                    .execute(() -> {
                        if (connection.isOpen()) {
                            attach(connection);
                        }
                    });
        } catch (AlreadyClosedException e) {
            LOG.debug("the connection was lost before the mailbox was open", e);
        }
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }

    private void execute(Runnable command) {
        try {
            executor.execute(command);
        } catch (RejectedExecutionException e) {
            LOG.debug("a command came after the end", e);
        }
    }
}
