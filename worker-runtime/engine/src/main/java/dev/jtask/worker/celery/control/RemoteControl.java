package dev.jtask.worker.celery.control;

import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ShutdownSignalException;
import dev.jtask.broker.Queues;
import dev.jtask.protocol.control.Audience;
import dev.jtask.protocol.control.ControlRequest;
import dev.jtask.protocol.control.ControlRequest.ReturnAddress;
import dev.jtask.protocol.time.Pauses;
import dev.jtask.worker.options.RemoteAccess;
import java.io.IOException;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Remote control of one worker over all its connections: one command after the other, on a thread of its own. Without
/// it the worker works all the same: a mailbox that cannot be had, or is lost, is tried again.
public final class RemoteControl implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RemoteControl.class);

    /// Who changed what; a name of its own, so that it can be kept apart.
    private static final Logger AUDIT = LoggerFactory.getLogger("dev.jtask.audit");

    private static final Pauses PAUSES = new Pauses(Duration.ofSeconds(1), Duration.ofSeconds(15));
    private static final Duration PEERS = Duration.ofSeconds(5);

    private final About about;
    private final RemoteAccess access;
    private final PeerCommands peers;
    private final Reception reception;
    private final ExecutorService executor = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("remote-control").factory());

    public RemoteControl(About about, Controls controls) {
        this.about = about;
        this.access = about.options().remoteAccess();
        this.peers = new PeerCommands(about.node(), controls.tasks(), about.lamport());
        var dispatcher = new Dispatcher(access, AUDIT::info)
                .with(InspectCommands.of(about, controls.queues(), controls.tasks(), controls.limits()))
                .with(StatsCommands.of(about, controls.queues(), controls.life()))
                .with(TaskCommands.of(about.registry(), controls.limits()))
                .with(RevokeCommands.of(controls.tasks()))
                .with(QueueCommands.of(controls.queues()))
                .with(EventCommands.of(controls.events()))
                .with(LifeCommands.of(controls.life()))
                .with(peers.all());
        this.reception = new Reception(about.node(), dispatcher, about.lamport());
    }

    /// Opens the mailbox on this connection soon, and asks the other workers which tasks are revoked.
    public void attach(Connection connection) {
        switch (access) {
            case FULL, INSPECT -> execute(() -> open(connection, 0));
            case OFF -> LOG.debug("remote control is off");
        }
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }

    /// While the broker still keeps the mailbox of a lost connection it is tried again.
    private void open(Connection connection, int failures) {
        if (!connection.isOpen()) {
            return;
        }
        try {
            var replies = new AmqpReplies(connection);
            Mailbox.ofRequests(
                    connection,
                    about.node(),
                    this::execute,
                    message -> reception.receive(message, replies),
                    () -> again(connection, 1));
            if (failures > 0) {
                LOG.info("{} is under remote control again", about.node());
            }
            greet(connection);
        } catch (IOException e) {
            if (failures == 0 && connection.isOpen()) {
                LOG.warn(
                        "no remote control for {} yet: {}; it is tried again. Each worker needs a name of its own: JTASK_NODE_NAME, or nodeName(…) of its builder",
                        about.node(),
                        Queues.reason(e));
            }
            again(connection, failures + 1);
        }
    }

    /// What others say is taken over only where they may change something.
    private void greet(Connection connection) {
        if (access != RemoteAccess.FULL) {
            return;
        }
        var ticket = UUID.randomUUID().toString();
        var question = new ControlRequest(
                PeerCommands.HELLO,
                peers.question(),
                Audience.everyone(),
                new ReturnAddress(ticket, ticket, null),
                about.lamport().forward());
        try {
            var answers = Mailbox.ofReplies(connection, question, this::execute, reply -> peers.merge(reply.value()));
            later(PEERS, answers::close);
        } catch (IOException | ShutdownSignalException e) {
            LOG.debug("the others could not be asked", e);
        }
    }

    private void again(Connection connection, int failures) {
        if (connection.isOpen()) {
            later(PAUSES.after(failures), () -> open(connection, failures));
        }
    }

    private void later(Duration pause, Runnable step) {
        CompletableFuture.delayedExecutor(pause.toMillis(), TimeUnit.MILLISECONDS, this::execute)
                .execute(step);
    }

    private void execute(Runnable step) {
        try {
            executor.execute(() -> {
                try {
                    step.run();
                } catch (RuntimeException | Error e) {
                    // the boundary of the loop: the next command is served
                    LOG.warn("remote control goes on after an unexpected failure", e);
                }
            });
        } catch (RejectedExecutionException e) {
            LOG.debug("a command came after the end", e);
        }
    }
}
