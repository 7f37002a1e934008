package dev.jtask.local.kubernetes.api;

import io.fabric8.mockwebserver.http.MockResponse;
import io.fabric8.mockwebserver.http.RecordedRequest;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Function;

/// Shows objects: one, a list, as a table for kubectl, and as they change.
final class Reads {

    private final Function<RecordedRequest, MockResponse> mock;
    private final Store store;
    private final CrdSchemas crds;
    private final Discovery discovery;
    private final Clock clock;

    Reads(Function<RecordedRequest, MockResponse> mock, Store store, CrdSchemas crds, Clock clock) {
        this.mock = mock;
        this.store = store;
        this.crds = crds;
        this.discovery = new Discovery(crds);
        this.clock = clock;
    }

    MockResponse answer(RecordedRequest request) {
        return discovery
                .answer(request.getPath())
                .map(found -> Answers.json(200, found))
                .orElseGet(() -> objects(request, Call.of(request).path()));
    }

    private MockResponse objects(RecordedRequest request, ResourcePath path) {
        if (path.subresource().equals("scale")) {
            return Answers.json(200, Scales.read(store.find(path.object()).orElseThrow(() -> Refusal.notFound(path))));
        }
        var answer = FieldSelector.ofEvents(request.getPath())
                .map(selector -> Answers.json(200, selector.filter(store.list(selector.bare()))))
                .orElseGet(() -> mock.apply(request));
        if (answer.getWebSocketListener() != null) {
            return answer;
        }
        if (answer.code() == 404) {
            throw Refusal.notFound(path);
        }
        // kubectl takes an answer that does not say what it is for what it asked for, which may be protobuf
        answer.setHeader("Content-Type", "application/json");
        return wantsTable(request) && answer.code() == 200
                ? Answers.json(200, Tables.of(Answers.body(answer), crds.find(path), clock.instant()))
                : answer;
    }

    private static boolean wantsTable(RecordedRequest request) {
        return Optional.ofNullable(request.getHeader("Accept"))
                .filter(accept -> accept.contains("as=Table"))
                .isPresent();
    }
}
