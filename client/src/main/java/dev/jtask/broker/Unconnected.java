package dev.jtask.broker;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.AuthenticationFailureException;
import com.rabbitmq.client.ShutdownSignalException;
import dev.jtask.protocol.uri.BrokerUri;
import dev.jtask.protocol.uri.BrokerUri.Identity;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// Why a broker could not be connected to, and what to do about it.
final class Unconnected {

    private static final String REFUSED = "refused for user";

    private Unconnected() {}

    /// A token that was refused is not shown a second time.
    static void tell(BrokerOptions options, Throwable failure) {
        var oauth = options.oauth();
        if (oauth == null) {
            return;
        }
        var words = notAllowed(failure);
        if (find(failure, AuthenticationFailureException.class) != null || (words != null && words.contains(REFUSED))) {
            oauth.refused();
        }
    }

    /// @param patienceMs how long it was waited for
    static String why(BrokerUri broker, BrokerOptions options, int patienceMs, Throwable failure) {
        var source = options.source();
        var oauth = options.oauth();
        if (find(failure, UnknownHostException.class) != null) {
            return "there is no host of this name; correct %s".formatted(source);
        }
        if (find(failure, TimeoutException.class) != null || find(failure, SocketTimeoutException.class) != null) {
            var asked = broker.connectTimeout();
            return "it did not answer within %.1f s"
                    .formatted((asked == null ? patienceMs : Math.max(patienceMs, asked.toMillis())) / 1000.0);
        }
        if (find(failure, AuthenticationFailureException.class) != null) {
            return oauth != null
                    ? oauth.refusal()
                    : broker.identity() == Identity.CERTIFICATE
                            ? "it does not take the client certificate for a login; add a user of its name (rabbitmqctl add_user) and enable rabbitmq_auth_mechanism_ssl"
                            : "it has no user '%s' with this password; correct %s"
                                    .formatted(broker.login().user(), source);
        }
        var words = notAllowed(failure);
        if (words != null) {
            return oauth != null && words.contains(REFUSED)
                    ? oauth.missing(broker.vhost())
                    : notAllowed(broker, source, words);
        }
        var why = Refusals.why(failure);
        return broker.tls()
                ? why + options.tls().remedy(failure).map(what -> "; " + what).orElse("")
                : why;
    }

    /// The broker's words; null when it was something else.
    private static @Nullable String notAllowed(Throwable failure) {
        var signal = find(failure, ShutdownSignalException.class);
        return signal != null
                        && signal.getReason() instanceof AMQP.Connection.Close close
                        && close.getReplyCode() == AMQP.NOT_ALLOWED
                ? close.getReplyText()
                : null;
    }

    private static String notAllowed(BrokerUri broker, String source, String words) {
        var vhost = broker.vhost();
        if (words.endsWith("not found")) {
            return "it has no vhost '%s'; create it (rabbitmqctl add_vhost %s) or correct %s"
                    .formatted(vhost, vhost, source);
        }
        if (words.contains(REFUSED)) {
            var user = broker.login().user();
            return "user '%s' may not enter vhost '%s'; grant it (rabbitmqctl set_permissions -p %s %s '.*' '.*' '.*') or correct %s"
                    .formatted(user, vhost, vhost, user, source);
        }
        return words;
    }

    private static <T extends Throwable> @Nullable T find(Throwable failure, Class<T> type) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return type.cast(cause);
            }
        }
        return null;
    }
}
