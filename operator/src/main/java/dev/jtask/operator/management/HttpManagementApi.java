package dev.jtask.operator.management;

import com.rabbitmq.http.client.Client;
import com.rabbitmq.http.client.ClientParameters;
import com.rabbitmq.http.client.HttpClientException;
import com.rabbitmq.http.client.HttpException;
import com.rabbitmq.http.client.domain.DeleteQueueParameters;
import com.rabbitmq.http.client.domain.ExchangeInfo;
import com.rabbitmq.http.client.domain.QueueInfo;
import dev.jtask.autoscaler.QueueSample;
import dev.jtask.operator.secret.BrokerAccess;
import dev.jtask.operator.secret.ManagementDoor;
import java.net.MalformedURLException;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/// The management API over HTTP, by RabbitMQ's own client.
public final class HttpManagementApi implements ManagementApi {

    /// Of 500 queues each.
    private static final int MOST_PAGES = 200;

    private static final int TIMEOUTS_OF_A_LIST = 5;
    private static final int MOST_DIRECT_LOOKS = 100;

    private final ManagementDoor access;
    private final Paths paths;
    private final BoundedHttp http;
    private final Client client;
    private final Diagnosis diagnosis;
    private final Duration wholeList;
    /// Queues that are not listed and that a look at each found to be missing.
    private final Set<String> missing = ConcurrentHashMap.newKeySet();

    private HttpManagementApi(ManagementDoor access, BoundedHttp http, Client client, Duration timeout) {
        this.http = http;
        this.access = access;
        this.paths = new Paths(access);
        this.client = client;
        this.wholeList = timeout.multipliedBy(TIMEOUTS_OF_A_LIST);
        this.diagnosis = new Diagnosis(access, this::mayLogIn);
    }

    /// Prepares to talk to a broker; connects on the first call. Of several servers any that answers will do.
    ///
    /// @param timeout how long connecting and each answer may take
    /// @throws ManagementException when the TLS material is unusable
    public static ManagementApi open(BrokerAccess access, Duration timeout) {
        return open(access, timeout, new HttpClients(timeout));
    }

    static ManagementApi open(BrokerAccess access, Duration timeout, HttpClients clients) {
        var oauth = access.oauth();
        var tokens = oauth == null ? null : oauth.login();
        var servers = access.doors().stream()
                .map(door -> open(door, Credentials.of(door, tokens), clients.of(access.tls()), timeout))
                .toList();
        return new AnyManagementApi(servers);
    }

    private static HttpManagementApi open(
            ManagementDoor access, Credentials credentials, HttpClient client, Duration timeout) {
        var layer = new BoundedHttp(client, credentials, timeout);
        try {
            return new HttpManagementApi(
                    access,
                    layer,
                    new Client(new ClientParameters()
                            .url(access.uri() + "/api/")
                            // asked for, and not used: the layer says who asks
                            .username("-")
                            .password("-")
                            .httpLayerFactory(parameters -> layer)),
                    timeout);
        } catch (MalformedURLException | URISyntaxException e) {
            throw ManagementException.unreachable(access.uri().toString(), e);
        }
    }

    @Override
    public Map<String, QueueSample> read(Set<String> names) {
        return calling("list the queues", () -> {
            var listing = listed(names);
            lookForOthers(names, listing);
            return listing.whole();
        });
    }

    private QueueListing listed(Set<String> names) {
        var listing = new QueueListing(names);
        var end = System.nanoTime() + wholeList.toNanos();
        for (int asked = 1; asked <= MOST_PAGES; asked++) {
            var page = page(names, asked, listing);
            listing.add(page.queues());
            if (page.page() >= page.pages()) {
                return listing;
            }
            if (System.nanoTime() - end > 0) {
                throw new HttpException("no whole list of queues within %d ms".formatted(wholeList.toMillis()));
            }
        }
        throw new NotManagementException("it lists more than %d pages of queues".formatted(MOST_PAGES), null);
    }

    private QueuePage page(Set<String> names, int number, QueueListing listing) {
        try {
            return http.ask(
                            paths.queues(QueueListing.query(names, number)),
                            json -> QueuePage.in(json, QueueListing.PAGE_SIZE, listing::concerns))
                    .orElseThrow(diagnosis::noVhost);
        } catch (HttpClientException e) {
            if (number == 1 || e.status() != 400) {
                throw e;
            }
            // it is out of range by now: queues went since the page before it said how many there are
            return QueuePage.last(number);
        }
    }

    /// Pages shift while queues come and go, so that a list may lack a queue that exists: it is missing only when it is
    /// asked for by its name and is not there. What there was no time to ask for is not known.
    private void lookForOthers(Set<String> names, QueueListing listing) {
        missing.removeIf(name -> listing.has(name) || !names.contains(name));
        var looks = 0;
        for (var name : names) {
            if (listing.has(name) || missing.contains(name)) {
                continue;
            }
            if (looks++ >= MOST_DIRECT_LOOKS) {
                listing.put(QueueSample.unknown(name));
                continue;
            }
            queue(name).ifPresentOrElse(queue -> listing.put(queue.sample()), () -> missing.add(name));
        }
    }

    private Optional<ToldQueue> queue(String name) {
        return http.ask(paths.queue(name), ToldQueue::alone);
    }

    @Override
    public void declare(QueueDeclaration declaration) {
        var name = declaration.name();
        calling("create queue " + name, () -> {
            client.declareQueue(
                    access.vhost(), name, new QueueInfo(true, false, false, new HashMap<>(declaration.arguments())));
            return declaration;
        });
    }

    @Override
    public void bind(String queue) {
        calling("create exchange " + queue, () -> {
            client.declareExchange(access.vhost(), queue, new ExchangeInfo("direct", true, false));
            return queue;
        });
        calling("bind queue %1$s to exchange %1$s".formatted(queue), () -> {
            try {
                client.bindQueue(access.vhost(), queue, queue, queue);
                return queue;
            } catch (HttpClientException e) {
                // the vhost has just taken the exchange
                throw e.status() == 404 ? diagnosis.noQueue(queue, e) : e;
            }
        });
    }

    @Override
    public QueueDeletion deleteIfUnused(String queue) {
        return calling("delete queue " + queue, () -> {
            var found = queue(queue);
            return found.isEmpty()
                    ? QueueDeletion.DONE
                    : deleteIfUnused(queue, found.get().type());
        });
    }

    private QueueDeletion deleteIfUnused(String queue, String type) {
        var classic = type.equals("classic");
        if (!classic && !type.equals("quorum")) {
            // a stream is deleted whatever the conditions say
            return QueueDeletion.UNSUPPORTED;
        }
        try {
            client.deleteQueue(access.vhost(), queue, new DeleteQueueParameters(true, true));
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
            return http.ask(paths.whoami(), json -> true).isPresent();
        } catch (HttpException e) {
            return false;
        }
    }
}
