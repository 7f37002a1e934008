package dev.jtask.local.kubernetes.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.mockwebserver.http.MockResponse;
import io.fabric8.mockwebserver.http.RecordedRequest;
import java.time.Clock;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// fabric8's CRUD mock as the store of an API that does what the mock lacks: server-side apply with managed fields, all
/// patch types, field validation, the scale subresource, schema defaults, generated names, garbage collection by owner,
/// discovery and tables. Requests are answered one at a time.
final class ApiDispatcher extends KubernetesCrudDispatcher {

    private static final Logger LOG = LoggerFactory.getLogger(ApiDispatcher.class);

    private final Doorkeeper doorkeeper;
    private final Consumer<ApiRequest> requests;
    private final Reads reads;
    private final Writes writes;
    private final Deletions deletions;
    private final Garbage garbage;
    private volatile Predicate<ApiRequest> failing = request -> false;

    /// @param requests told of each request once it is answered
    ApiDispatcher(Doorkeeper doorkeeper, Consumer<ApiRequest> requests, Clock clock) {
        super(List.of());
        this.doorkeeper = doorkeeper;
        this.requests = requests;
        var store = new Store(super::dispatch, () -> getMap().values());
        var crds = new CrdSchemas();
        this.deletions = new Deletions(store, clock);
        this.garbage = new Garbage(store, deletions);
        this.reads = new Reads(super::dispatch, store, crds, clock);
        this.writes = new Writes(store, crds, garbage, clock);
    }

    /// @param which requests are answered with an error of the server's own, as if their status were 500
    void failing(Predicate<ApiRequest> which) {
        failing = which;
    }

    @Override
    public MockResponse dispatch(RecordedRequest request) {
        var answer = failing.test(asked(request, Refusal.FAILED)) ? refused(Refusal.failed()) : answer(request);
        requests.accept(asked(request, answer.code()));
        return answer;
    }

    private static ApiRequest asked(RecordedRequest request, int status) {
        return new ApiRequest(
                String.valueOf(request.getHeader("User-Agent")), request.getMethod(), request.getPath(), status);
    }

    private static MockResponse refused(Refusal refusal) {
        return Answers.json(refusal.code(), refusal.status());
    }

    /// The mock would leave the status out of writes to the object itself; here [Halves] has seen to that.
    @Override
    public boolean isStatusSubresourceEnabledForResource(String path) {
        return false;
    }

    /// One at a time, reads too: the mock replaces an object by taking it away first.
    private synchronized MockResponse answer(RecordedRequest request) {
        try {
            doorkeeper.check(request);
            return switch (request.method()) {
                case GET -> reads.answer(request);
                case POST -> post(request);
                case PUT -> written(writes.replace(Call.of(request)));
                case PATCH -> written(writes.patch(Call.of(request)));
                case DELETE -> delete(request);
                case OPTIONS, CONNECT, ANY -> super.dispatch(request);
            };
        } catch (Refusal refusal) {
            return refused(refusal);
        } catch (RuntimeException e) {
            // unanswered, the client would wait for its time-out and not know why
            LOG.error("embedded API: {} {}", request.getMethod(), request.getPath(), e);
            return refused(Refusal.internal(e));
        }
    }

    private MockResponse post(RecordedRequest request) {
        var call = Call.of(request);
        return call.path().plural().equals("selfsubjectrulesreviews")
                ? Answers.json(201, Permissions.all((ObjectNode) Answers.parse(call.body())))
                : written(writes.create(call));
    }

    private MockResponse delete(RecordedRequest request) {
        var call = Call.of(request);
        var answer = call.path().name() == null ? super.dispatch(request) : Answers.json(200, deletions.delete(call));
        garbage.collect();
        return answer;
    }

    private static MockResponse written(Writes.Written written) {
        return Answers.json(written.isNew() ? 201 : 200, written.object());
    }
}
