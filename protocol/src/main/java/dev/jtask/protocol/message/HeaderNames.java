package dev.jtask.protocol.message;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The only list of Celery's own header names; every other header is the user's and is kept.
final class HeaderNames {

    static final String LANG = "lang";
    static final String TASK = "task";
    static final String ID = "id";
    static final String SHADOW = "shadow";
    static final String ETA = "eta";
    static final String EXPIRES = "expires";
    static final String GROUP = "group";
    static final String GROUP_INDEX = "group_index";
    static final String RETRIES = "retries";
    static final String TIME_LIMIT = "timelimit";
    static final String ROOT_ID = "root_id";
    static final String PARENT_ID = "parent_id";
    static final String ARGS_REPR = "argsrepr";
    static final String KWARGS_REPR = "kwargsrepr";
    static final String ORIGIN = "origin";
    static final String IGNORE_RESULT = "ignore_result";
    static final String REPLACED_TASK_NESTING = "replaced_task_nesting";
    static final String STAMPED_HEADERS = "stamped_headers";
    static final String STAMPS = "stamps";
    static final String COMPRESSION = "compression";

    private static final Set<String> OWN = Set.of(
            LANG,
            TASK,
            ID,
            SHADOW,
            ETA,
            EXPIRES,
            GROUP,
            GROUP_INDEX,
            RETRIES,
            TIME_LIMIT,
            ROOT_ID,
            PARENT_ID,
            ARGS_REPR,
            KWARGS_REPR,
            ORIGIN,
            IGNORE_RESULT,
            REPLACED_TASK_NESTING,
            STAMPED_HEADERS,
            STAMPS,
            COMPRESSION,
            // of this message alone: who sends one like it signs it anew
            JtaskHeaders.SIGNATURE);

    private HeaderNames() {}

    /// Whose a name is that no user may take, for the message would not have the user's; null where one may.
    static @Nullable String owner(String name) {
        if (name.equals(JtaskHeaders.SIGNATURE)) {
            return "jtask's";
        }
        if (isBrokerTrail(name)) {
            return "the broker's";
        }
        return OWN.contains(name) && !name.equals(COMPRESSION) ? "Celery's" : null;
    }

    /// What the user added. The broker's dead-letter trail is left out: RabbitMQ before 4.0.1 takes a republished
    /// `x-death` for a cycle and drops the message (celery#9867).
    static Map<String, @Nullable Object> custom(Map<String, @Nullable Object> headers) {
        return HeaderTable.part(headers, HeaderNames::isCustom);
    }

    private static boolean isCustom(String name) {
        return !OWN.contains(name) && !isBrokerTrail(name);
    }

    private static boolean isBrokerTrail(String name) {
        return name.equals("x-death")
                || name.equals("x-delivery-count")
                || name.equals("x-acquired-count")
                || name.startsWith("x-first-death-")
                || name.startsWith("x-last-death-");
    }
}
