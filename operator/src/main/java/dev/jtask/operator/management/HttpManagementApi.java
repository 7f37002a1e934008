package dev.jtask.operator.management;

import com.rabbitmq.http.client.Client;
import com.rabbitmq.http.client.ClientParameters;
import com.rabbitmq.http.client.HttpClientException;
import com.rabbitmq.http.client.HttpException;
import com.rabbitmq.http.client.JdkHttpClientHttpLayer;
import com.rabbitmq.http.client.domain.DeleteQueueParameters;
import com.rabbitmq.http.client.domain.ExchangeInfo;
import com.rabbitmq.http.client.domain.Page;
import com.rabbitmq.http.client.domain.QueueInfo;
import dev.jtask.autoscaler.QueueSample;
import dev.jtask.operator.secret.BrokerAccess;
import dev.jtask.operator.secret.ManagementDoor;
import dev.jtask.operator.secret.TlsMaterial;
import dev.jtask.protocol.topology.Suspects;
import java.net.MalformedURLException;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The management API over HTTP, by RabbitMQ's own client.
public final class HttpManagementApi implements ManagementApi {

    private final ManagementDoor access;
    private final Client client;
    private final Diagnosis diagnosis;

    private HttpManagementApi(ManagementDoor access, Client client) {
        this.access = access;
        this.client = client;
        this.diagnosis = new Diagnosis(access, this::mayLogIn);
    }

    /// Prepares to talk to a broker; connects on the first call. Of several servers any that answers will do.
    ///
    /// @param timeout how long connecting and each answer may take
    /// @throws ManagementException when the TLS material is unusable
    public static ManagementApi open(BrokerAccess access, Duration timeout) {
        var servers = access.doors().stream()
                .map(door -> open(door, access.tls(), timeout))
                .toList();
        return new AnyManagementApi(servers);
    }

    private static HttpManagementApi open(ManagementDoor access, TlsMaterial material, Duration timeout) {
        var tls = TlsContext.of(material);
        var layer = JdkHttpClientHttpLayer.configure()
                .clientBuilderConsumer(http -> {
                    http.connectTimeout(timeout);
                    tls.ifPresent(http::sslContext);
                })
                // a consumer of our own takes the place of the one that would log in
                .requestBuilderConsumer(request -> request.timeout(timeout)
                        .setHeader(
                                "Authorization",
                                JdkHttpClientHttpLayer.authorization(access.username(), access.password())))
                .create();
        try {
            return new HttpManagementApi(
                    access,
                    new Client(new ClientParameters()
                            .url(access.uri() + "/api/")
                            .username(access.username())
                            .password(access.password())
                            .httpLayerFactory(layer)));
        } catch (MalformedURLException | URISyntaxException e) {
            throw new ManagementException(
                    ManagementException.Fault.UNREACHABLE, "%s is not a URL".formatted(access.uri()), e);
        }
    }

    @Override
    public Map<String, QueueSample> read(Set<String> names) {
        return calling("list the queues", () -> {
            var found = new HashMap<String, QueueSample>();
            var query = QueueListing.query(names);
            while (true) {
                @Nullable Page<QueueInfo> page = client.getQueues(access.vhost(), query);
                if (page == null) {
                    // the client's answer to a 404
                    throw diagnosis.noVhost();
                }
                for (var queue : page.getItemsAsList()) {
                    if (names.contains(Suspects.queueOf(queue.getName())) || names.contains(queue.getName())) {
                        found.put(queue.getName(), QueueListing.sample(queue));
                    }
                }
                if (page.getPage() >= page.getPageCount()) {
                    return QueueListing.withSuspects(names, found);
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
    public QueueDeletion deleteIfUnused(String queue) {
        return calling("delete queue " + queue, () -> {
            @Nullable QueueInfo found = client.getQueue(access.vhost(), queue);
            return found == null ? QueueDeletion.DONE : deleteIfUnused(found);
        });
    }

    private QueueDeletion deleteIfUnused(QueueInfo queue) {
        var classic = "classic".equals(queue.getType());
        if (!classic && !"quorum".equals(queue.getType())) {
            // a stream is deleted whatever the conditions say
            return QueueDeletion.UNSUPPORTED;
        }
        try {
            client.deleteQueue(access.vhost(), queue.getName(), new DeleteQueueParameters(true, true));
            return QueueDeletion.DONE;
        } catch (HttpClientException e) {
            if (e.status() != 400) {
                throw e;
            }
            // RabbitMQ 3 and 4 refuse the conditions themselves for a quorum queue
            return classic ? QueueDeletion.IN_USE : QueueDeletion.UNSUPPORTED;
        }
    }

    /// Its address.
    @Override
    public String toString() {
        return access.uri().toString();
    }

    private <T> T calling(String what, Supplier<T> call) {
        try {
            return call.get();
        } catch (HttpException e) {
            throw diagnosis.of(what, e);
        }
    }

    private boolean mayLogIn() {
        try {
            client.whoAmI();
            return true;
        } catch (HttpException e) {
            return false;
        }
    }
}
