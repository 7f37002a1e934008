package dev.jtask.client.events;

import dev.jtask.client.events.CeleryEvent.Call;
import dev.jtask.client.events.CeleryEvent.Failed;
import dev.jtask.client.events.CeleryEvent.OfWorker;
import dev.jtask.client.events.CeleryEvent.Other;
import dev.jtask.client.events.CeleryEvent.Received;
import dev.jtask.client.events.CeleryEvent.Rejected;
import dev.jtask.client.events.CeleryEvent.Retried;
import dev.jtask.client.events.CeleryEvent.Revoked;
import dev.jtask.client.events.CeleryEvent.Revoked.Reason;
import dev.jtask.client.events.CeleryEvent.Sent;
import dev.jtask.client.events.CeleryEvent.Source;
import dev.jtask.client.events.CeleryEvent.Started;
import dev.jtask.client.events.CeleryEvent.Succeeded;
import dev.jtask.protocol.event.Event;
import java.time.DateTimeException;

/// What an event says, by its type. Total: whatever came is some [CeleryEvent].
final class EventReader {

    private EventReader() {}

    static CeleryEvent read(Event event) {
        var source = new Source(event.origin().node(), event.origin().pid(), event.time(), event.clock());
        try {
            return known(event, source, new EventFields(event.fields()));
        } catch (IllegalArgumentException | DateTimeException e) {
            return other(event, source); // of this type, but not as this type is
        }
    }

    private static CeleryEvent known(Event event, Source by, EventFields is) {
        return switch (event.type()) {
            case "task-sent" ->
                new Sent(by, id(is), call(is), is.words("queue"), is.words("exchange"), is.words("routing_key"));
            case "task-received" -> new Received(by, id(is), call(is));
            case "task-started" -> new Started(by, id(is));
            case "task-succeeded" -> new Succeeded(by, id(is), is.words("result"), is.seconds("runtime"));
            case "task-failed" -> new Failed(by, id(is), is.words("exception"), is.words("traceback"));
            case "task-retried" -> new Retried(by, id(is), is.words("exception"), is.words("traceback"));
            case "task-revoked" -> new Revoked(by, id(is), reason(is));
            case "task-rejected" -> new Rejected(by, id(is), is.isTrue("requeue"));
            case "worker-online" -> worker(by, OfWorker.Moment.ONLINE, is);
            case "worker-heartbeat" -> worker(by, OfWorker.Moment.HEARTBEAT, is);
            case "worker-offline" -> worker(by, OfWorker.Moment.OFFLINE, is);
            default -> other(event, by);
        };
    }

    private static Other other(Event event, Source source) {
        return new Other(source, event.type(), event.fields());
    }

    private static String id(EventFields is) {
        return is.text(Event.TASK_ID);
    }

    private static Call call(EventFields is) {
        return new Call(
                is.text("name"),
                is.words("args"),
                is.words("kwargs"),
                (int) is.count("retries", Integer.MAX_VALUE),
                is.time("eta"),
                is.time("expires"),
                is.textOrNull("root_id"),
                is.textOrNull("parent_id"));
    }

    private static Reason reason(EventFields is) {
        if (is.isTrue("expired")) {
            return Reason.EXPIRED;
        }
        return is.isTrue("terminated") ? Reason.TERMINATED : Reason.REQUESTED;
    }

    private static OfWorker worker(Source by, OfWorker.Moment moment, EventFields is) {
        return new OfWorker(
                by,
                moment,
                (int) is.count("active", Integer.MAX_VALUE),
                is.count("processed", Long.MAX_VALUE),
                is.numbers("loadavg"),
                is.seconds("freq"),
                is.words("sw_ident"),
                is.words("sw_ver"));
    }
}
