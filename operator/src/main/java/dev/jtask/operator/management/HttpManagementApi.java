package dev.jtask.operator.management;

import com.fasterxml.jackson.databind.JsonNode;
import com.rabbitmq.http.client.Client;
import com.rabbitmq.http.client.ClientParameters;
import com.rabbitmq.http.client.HttpClientException;
import com.rabbitmq.http.client.HttpException;
import com.rabbitmq.http.client.domain.DeleteQueueParameters;
import com.rabbitmq.http.client.domain.ExchangeInfo;
import com.rabbitmq.http.client.domain.Page;
import com.rabbitmq.http.client.domain.QueueInfo;
import dev.jtask.autoscaler.QueueSample;
import dev.jtask.operator.secret.BrokerAccess;
import dev.jtask.operator.secret.ManagementDoor;
import dev.jtask.operator.secret.TlsMaterial;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The management API over HTTP, by RabbitMQ's own client.
public final class HttpManagementApi implements ManagementApi {

    /// Of 500 queues each.
    private static final int MOST_PAGES = 200;

    private static final int TIMEOUTS_OF_A_LIST = 5;
    private static final int MOST_DIRECT_LOOKS = 100;

    private final ManagementDoor access;
    private final BoundedHttp http;
    private final Client client;
    private final Diagnosis diagnosis;
    private final Duration wholeList;
    /// Queues that are not listed and that a look at each found to be missing.
    private final Set<String> missing = ConcurrentHashMap.newKeySet();

    private HttpManagementApi(ManagementDoor access, BoundedHttp http, Client client, Duration timeout) {
        this.http = http;
        this.access = access;
        this.client = client;
        this.wholeList = timeout.multipliedBy(TIMEOUTS_OF_A_LIST);
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
        var http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(timeout);
        tls.ifPresent(http::sslContext);
        var layer = new BoundedHttp(http.build(), access, timeout);
        try {
            return new HttpManagementApi(
                    access,
                    layer,
                    new Client(new ClientParameters()
                            .url(access.uri() + "/api/")
                            .username(access.username())
                            .password(access.password())
                            .httpLayerFactory(parameters -> layer)),
                    timeout);
        } catch (MalformedURLException | URISyntaxException e) {
            throw new ManagementException(
                    ManagementException.Fault.UNREACHABLE, "%s is not a URL".formatted(access.uri()), e);
        }
    }

    @Override
    public Map<String, QueueSample> read(Set<String> names) {
        return calling("list the queues", () -> {
            var found = listed(names);
            lookForOthers(names, found);
            return QueueListing.whole(names, found);
        });
    }

    private Map<String, QueueSample> listed(Set<String> names) {
        var found = new HashMap<String, QueueSample>();
        var query = QueueListing.query(names);
        var end = System.nanoTime() + wholeList.toNanos();
        for (int asked = 1; asked <= MOST_PAGES; asked++) {
            @Nullable Page<QueueInfo> page = client.getQueues(access.vhost(), query);
            if (page == null) {
                // the client's answer to a 404
                throw diagnosis.noVhost();
            }
            for (var queue : QueueListing.items(page)) {
                if (QueueListing.concerns(names, queue.getName())) {
                    found.put(queue.getName(), QueueListing.sample(queue));
                }
            }
            if (page.getPage() >= page.getPageCount()) {
                return found;
            }
            if (System.nanoTime() - end > 0) {
                throw new HttpException("no whole list of queues within %d ms".formatted(wholeList.toMillis()));
            }
            query = query.pagination().nextPage(page).query();
        }
        throw new NotManagementException("it lists more than %d pages of queues".formatted(MOST_PAGES), null);
    }

    /// Pages shift while queues come and go, so that a list may lack a queue that exists: it is missing only when it is
    /// asked for by its name and is not there. What there was no time to ask for is not known.
    private void lookForOthers(Set<String> names, Map<String, QueueSample> found) {
        missing.removeIf(name -> found.containsKey(name) || !names.contains(name));
        var looks = 0;
        for (var name : names) {
            if (found.containsKey(name) || missing.contains(name)) {
                continue;
            }
            if (looks++ >= MOST_DIRECT_LOOKS) {
                found.put(name, QueueSample.unknown(name));
                continue;
            }
            @Nullable QueueInfo queue = client.getQueue(access.vhost(), name);
            if (queue == null) {
                missing.add(name);
            } else {
                found.put(name, QueueListing.sample(queue));
            }
        }
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
            @Nullable JsonNode me = http.get(URI.create(access.uri() + "/api/whoami"), JsonNode.class);
            return me != null;
        } catch (HttpException e) {
            return false;
        }
    }
}
