package dev.jtask.testing;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Pattern;

/// What tests ask a node again and again, and do to it, evaluated in the node itself: `rabbitmqctl` starts an Erlang of
/// its own each time, for a second or two of CPU. What it says is true at once, unlike the management API's figures.
public final class BrokerShell {

    /// An empty one is an empty list.
    private static final Pattern TEXT = Pattern.compile("(?:\\{ok, )?(?:\"([A-Za-z0-9+/=]*)\"|\\[])}?\\s*");

    private final ServerProcess server;

    BrokerShell(ServerProcess server) {
        this.server = server;
    }

    /// The value of an Erlang expression, as Erlang prints it.
    ///
    /// @throws IllegalStateException when it has none, with what the node said
    public String eval(String expression) {
        return text("io_lib:format(\"~p\", [begin %s end])".formatted(expression));
    }

    /// The queues of the default vhost, each in a line: its name, a tab, and the figure.
    ///
    /// @param figure as `rabbitmqctl list_queues` calls it: messages, messages_unacknowledged, consumers …
    public String queues(String figure) {
        return text("[io_lib:format(\"~ts\\t~p\\n\", [element(4, Q), F])"
                + " || [{name, Q}, {_, F}] <- rabbit_amqqueue:info_all(<<\"/\">>, [name, %s])]".formatted(figure));
    }

    /// The connections, each in a line: its figures as Erlang prints them, tabs between.
    ///
    /// @param figures as `rabbitmqctl list_connections` calls them: pid, state, client_properties …
    public String connections(String... figures) {
        return text("[[lists:join(\"\\t\", [io_lib:format(\"~0p\", [F]) || {_, F} <- C]), \"\\n\"]"
                + " || C <- rabbit_networking:connection_info_all([%s])]".formatted(String.join(", ", figures)));
    }

    /// Closes them all, as an operator of the broker would.
    public void closeConnections() {
        eval("rabbit_networking:close_all_connections(\"testing\")");
    }

    /// Deletes a queue of the default vhost, whoever has it for himself.
    public void deleteQueue(String name) {
        eval("{ok, Q} = rabbit_amqqueue:lookup(rabbit_misc:r(<<\"/\">>, queue, <<\"%s\">>)),".formatted(name)
                + " rabbit_amqqueue:delete(Q, false, false, <<\"testing\">>)");
    }

    /// How much of the machine's memory the node may use before it blocks who publishes; its default is 0.4.
    public void limitMemory(double fraction) {
        eval("vm_memory_monitor:set_vm_memory_high_watermark(%s)".formatted(fraction));
    }

    /// In base 64 on the way, which needs no marks of Erlang's.
    private String text(String expression) {
        var answer = server.eval("base64:encode_to_string(unicode:characters_to_binary(%s))".formatted(expression));
        var text = TEXT.matcher(answer);
        if (!text.matches()) {
            throw new IllegalStateException("the node evaluated %s to %s".formatted(expression, answer));
        }
        var inBase64 = text.group(1);
        return inBase64 == null ? "" : new String(Base64.getDecoder().decode(inBase64), StandardCharsets.UTF_8);
    }
}
