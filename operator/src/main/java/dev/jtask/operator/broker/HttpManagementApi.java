package dev.jtask.operator.broker;

import com.rabbitmq.http.client.Client;
import com.rabbitmq.http.client.ClientParameters;
import com.rabbitmq.http.client.HttpClientException;
import com.rabbitmq.http.client.HttpException;
import com.rabbitmq.http.client.JdkHttpClientHttpLayer;
import com.rabbitmq.http.client.domain.ExchangeInfo;
import com.rabbitmq.http.client.domain.MessageStats;
import com.rabbitmq.http.client.domain.Page;
import com.rabbitmq.http.client.domain.QueryParameters;
import com.rabbitmq.http.client.domain.QueueInfo;
import dev.jtask.autoscaler.QueueSample;
import java.net.MalformedURLException;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The management API over HTTP, by RabbitMQ's own client.
///
/// Reading asks for a page of named columns: the form of the list call that returns queue totals and counters together
/// and lets the broker leave out what nobody asked for.
public final class HttpManagementApi implements ManagementApi {

    private static final int PAGE_SIZE = 500;
    /// The broker's web server takes 4,096 bytes of request line; above this the names are not sent as a filter.
    private static final int LONGEST_FILTER = 1_500;

    private static final List<String> COLUMNS = List.of(
            "name",
            "messages_ready",
            "messages_unacknowledged",
            "consumers",
            "message_stats.publish",
            "message_stats.ack");

    private final BrokerAccess access;
    private final Client client;

    private HttpManagementApi(BrokerAccess access, Client client) {
        this.access = access;
        this.client = client;
    }

    /// Prepares to talk to a broker; connects on the first call.
    ///
    /// @param timeout how long connecting and each answer may take
    /// @throws ManagementException when the TLS material is unusable
    public static HttpManagementApi open(BrokerAccess access, Duration timeout) {
        var tls = access.tls().context();
        var layer = JdkHttpClientHttpLayer.configure()
                .clientBuilderConsumer(http -> {
                    http.connectTimeout(timeout);
                    tls.ifPresent(http::sslContext);
                })
                // A consumer of our own takes the place of the one that would log in.
                .requestBuilderConsumer(request -> request.timeout(timeout)
                        .setHeader(
                                "Authorization",
                                JdkHttpClientHttpLayer.authorization(access.username(), access.password())))
                .create();
        try {
            return new HttpManagementApi(
                    access,
                    new Client(new ClientParameters()
                            .url(access.management() + "/api/")
                            .username(access.username())
                            .password(access.password())
                            .httpLayerFactory(layer)));
        } catch (MalformedURLException | URISyntaxException e) {
            throw new ManagementException(
                    ManagementException.Cause.UNREACHABLE, "%s is not a URL".formatted(access.management()), e);
        }
    }

    @Override
    public Map<String, QueueSample> read(Set<String> names) {
        return calling("list the queues", () -> {
            var found = new HashMap<String, QueueSample>();
            var query = query(names);
            while (true) {
                @Nullable Page<QueueInfo> page = client.getQueues(access.vhost(), query);
                if (page == null) {
                    // The client's answer to a 404.
                    throw new ManagementException(ManagementException.Cause.NO_VHOST, noVhost());
                }
                for (var queue : page.getItemsAsList()) {
                    if (names.contains(queue.getName())) {
                        found.put(queue.getName(), sample(queue));
                    }
                }
                if (page.getPage() >= page.getPageCount()) {
                    return found;
                }
                query = query.pagination().nextPage(page).query();
            }
        });
    }

    @Override
    public void declare(QueueDeclaration declaration) {
        var name = declaration.name();
        calling("create queue " + name, () -> {
            client.declareQueue(
                    access.vhost(), name, new QueueInfo(true, false, false, new HashMap<>(declaration.arguments())));
            if (declaration.binding() == QueueDeclaration.Binding.OWN_EXCHANGE) {
                client.declareExchange(access.vhost(), name, new ExchangeInfo("direct", true, false));
                client.bindQueue(access.vhost(), name, name, name);
            }
            return declaration;
        });
    }

    @Override
    public void delete(String queue) {
        calling("delete queue " + queue, () -> {
            client.deleteQueue(access.vhost(), queue);
            return queue;
        });
    }

    private static QueryParameters query(Set<String> names) {
        var query = new QueryParameters();
        var columns = query.columns();
        COLUMNS.forEach(columns::add);
        var filter = names.stream()
                .sorted()
                .map(name -> name.replaceAll("([^A-Za-z0-9_ -])", "\\\\$1"))
                .collect(Collectors.joining("|", "^(", ")$"));
        if (filter.length() <= LONGEST_FILTER && Pattern.matches("\\p{ASCII}*", filter)) {
            query.name(filter, true);
        }
        return query.pagination().pageSize(PAGE_SIZE).query();
    }

    private static QueueSample sample(QueueInfo queue) {
        @Nullable MessageStats counted = queue.getMessageStats();
        // A queue that never had a message of one kind has no counter for it: zero, as long as there are counters at
        // all.
        return new QueueSample(
                queue.getName(),
                known(queue.getMessagesReady()),
                known(queue.getMessagesUnacknowledged()),
                known(queue.getConsumerCount()),
                counted == null ? null : known(counted.getBasicPublish()),
                counted == null ? null : known(counted.getAck()));
    }

    private static @Nullable Long known(long value) {
        return value < 0 ? null : Long.valueOf(value);
    }

    private <T> T calling(String what, Supplier<T> call) {
        try {
            return call.get();
        } catch (HttpException e) {
            throw explain(what, e);
        }
    }

    private ManagementException explain(String what, HttpException failure) {
        var status = failure instanceof HttpClientException refused ? refused.status() : 0;
        return switch (status) {
            case 401 ->
                mayLogIn()
                        ? failed(
                                ManagementException.Cause.PERMISSION,
                                "user %s may not %s in vhost %s of %s; grant it with: rabbitmqctl set_permissions -p %s %s '.*' '.*' '.*'"
                                        .formatted(
                                                access.username(),
                                                what,
                                                access.vhost(),
                                                access.management(),
                                                access.vhost(),
                                                access.username()),
                                failure)
                        : failed(
                                ManagementException.Cause.CREDENTIALS,
                                "%s rejected user %s: correct the password in the Secret, or give the user the tag management (rabbitmqctl set_user_tags %s management)"
                                        .formatted(access.management(), access.username(), access.username()),
                                failure);
            case 404 -> failed(ManagementException.Cause.NO_VHOST, noVhost(), failure);
            case 400, 403, 405 ->
                failed(
                        ManagementException.Cause.REFUSED,
                        "%s refused to %s (HTTP %d)".formatted(access.management(), what, status),
                        failure);
            default ->
                failed(
                        ManagementException.Cause.UNREACHABLE,
                        "%s does not answer (%s); is the broker up, its management plugin enabled and the port right? managementUri in the Secret names another address"
                                .formatted(access.management(), reason(failure)),
                        failure);
        };
    }

    private String noVhost() {
        return "%s has no vhost %s; create it (rabbitmqctl add_vhost %s) or correct the vhost in the Secret"
                .formatted(access.management(), access.vhost(), access.vhost());
    }

    private boolean mayLogIn() {
        try {
            client.whoAmI();
            return true;
        } catch (HttpException e) {
            return false;
        }
    }

    private static ManagementException failed(ManagementException.Cause cause, String message, HttpException failure) {
        return new ManagementException(cause, message, failure);
    }

    private static String reason(Throwable failure) {
        var cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        var message = cause.getMessage();
        return message == null || message.isBlank() ? cause.getClass().getSimpleName() : message;
    }
}
