package dev.jtask.worker.celery.control;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jtask.broker.Queues;
import dev.jtask.protocol.control.ControlRequest;
import dev.jtask.protocol.text.Beginning;
import dev.jtask.worker.options.RemoteAccess;
import java.io.IOException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Finds the command of a request and runs it, if this worker lets others do so. Who changed what is noted.
final class Dispatcher {

    private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);
    private static final int LONGEST_METHOD = 80;

    private final RemoteAccess access;
    private final Consumer<String> audit;
    private final Map<String, Command> commands = new HashMap<>();

    /// @param audit gets a line for each command that changes something
    Dispatcher(RemoteAccess access, Consumer<String> audit) {
        this.access = access;
        this.audit = audit;
    }

    Dispatcher with(Map<String, Command> more) {
        commands.putAll(more);
        return this;
    }

    /// The command's reply; an unknown, refused or failing command has one as well.
    ///
    /// @param who asks, in words
    Optional<JsonNode> run(ControlRequest request, String who) {
        var command = commands.get(request.method());
        if (command == null) {
            return Optional.of(Answers.raised("KeyError", Beginning.of(request.method(), LONGEST_METHOD)));
        }
        var arguments = new Arguments(request.arguments());
        if (!command.changes().test(arguments)) {
            return Optional.ofNullable(run(request.method(), command, arguments));
        }
        var reply = switch (access) {
            case FULL -> run(request.method(), command, arguments);
            case INSPECT, OFF ->
                Answers.error("%s is not allowed: this worker only answers questions (JTASK_REMOTE_CONTROL=%s)"
                        .formatted(request.method(), access.name().toLowerCase(Locale.ROOT)));
        };
        audit.accept(AuditLine.of(request, who, reply));
        return Optional.ofNullable(reply);
    }

    private static @Nullable JsonNode run(String method, Command command, Arguments arguments) {
        try {
            return command.body().run(arguments);
        } catch (IllegalArgumentException e) {
            return Answers.raised("ValueError", String.valueOf(e.getMessage()));
        } catch (IOException e) {
            return Answers.raised("OSError", String.valueOf(Queues.reason(e)));
        } catch (RuntimeException | Error e) {
            // the boundary of one command: the sender is told, and the next command is served
            LOG.warn("remote control command '{}' failed", method, e);
            return Answers.raised(e.getClass().getSimpleName(), String.valueOf(e.getMessage()));
        }
    }
}
