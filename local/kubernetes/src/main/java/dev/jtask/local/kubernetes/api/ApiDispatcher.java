package dev.jtask.local.kubernetes.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.fabric8.mockwebserver.dsl.HttpMethod;
import io.fabric8.mockwebserver.http.Buffer;
import io.fabric8.mockwebserver.http.Headers;
import io.fabric8.mockwebserver.http.MockResponse;
import io.fabric8.mockwebserver.http.RecordedRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// fabric8's CRUD mock with the parts of the API that it lacks: server-side apply, strategic and merge patch, the scale
/// subresource, schema defaults, generated names, garbage collection by owner, discovery and tables. Each is turned
/// into the plain reads and writes that the mock has.
final class ApiDispatcher extends KubernetesCrudDispatcher {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final KubernetesSerialization YAML = new KubernetesSerialization();
    private static final Pattern MANAGER = Pattern.compile(".*[?&]fieldManager=([^&]*).*");
    private static final int ATTEMPTS = 20;

    private final CrdSchemas schemas = new CrdSchemas();
    private final Discovery discovery = new Discovery(schemas);
    /// What was applied, by object and field manager.
    private final Map<String, Map<String, JsonNode>> applied = new HashMap<>();
    private final Consumer<ApiRequest> requests;

    /// @param requests told of each request once it is answered
    ApiDispatcher(Consumer<ApiRequest> requests) {
        super(List.of());
        this.requests = requests;
    }

    @Override
    public MockResponse dispatch(RecordedRequest request) {
        var answer = answer(request);
        requests.accept(new ApiRequest(
                String.valueOf(request.getHeader("User-Agent")),
                request.getMethod(),
                request.getPath(),
                answer.code()));
        return answer;
    }

    private MockResponse answer(RecordedRequest request) {
        try {
            return switch (request.method()) {
                case GET -> get(request);
                case POST -> post(request);
                case PUT -> put(request);
                case PATCH -> patch(request);
                case DELETE -> delete(request);
                case OPTIONS, CONNECT, ANY -> super.dispatch(request);
            };
        } catch (JsonProcessingException e) {
            return problem(400, "BadRequest", "the request is not JSON or YAML: " + e.getOriginalMessage());
        }
    }

    /// Not beside a write: the mock replaces an object by taking it away first.
    private synchronized MockResponse get(RecordedRequest request) throws JsonProcessingException {
        var found = discovery.answer(request.getPath());
        if (found.isPresent()) {
            return json(200, found.get());
        }
        var path = ResourcePath.parse(request.getPath());
        if (path == null) {
            return problem(404, "NotFound", "the embedded API has no " + request.getPath());
        }
        if (path.subresource().equals("scale")) {
            var object = read(path.object());
            return object == null ? missing(path) : json(200, Scales.read(object));
        }
        var selector = FieldSelector.ofEvents(request.getPath());
        if (selector.isPresent()) {
            var all = body(send(HttpMethod.GET, selector.get().bare(), null));
            return shown(request, path, json(200, selector.get().filter(all)));
        }
        return shown(request, path, super.dispatch(request));
    }

    private MockResponse shown(RecordedRequest request, ResourcePath path, MockResponse answer)
            throws JsonProcessingException {
        if (answer.getWebSocketListener() != null) {
            return answer;
        }
        // kubectl takes an answer that does not say what it is for what it asked for, which may be protobuf.
        answer.setHeader("Content-Type", "application/json");
        var accept = request.getHeader("Accept");
        return accept != null && accept.contains("as=Table") && answer.code() == 200
                ? json(200, Tables.of(body(answer), schemas.find(path), Instant.now()))
                : answer;
    }

    private synchronized MockResponse post(RecordedRequest request) throws JsonProcessingException {
        var path = ResourcePath.parse(request.getPath());
        var resource = JSON.readTree(request.getUtf8Body());
        if (path == null || !(resource instanceof ObjectNode object)) {
            return super.dispatch(request);
        }
        return path.plural().equals("selfsubjectrulesreviews")
                ? json(201, Permissions.all(object))
                : create(path, object);
    }

    private MockResponse create(ResourcePath path, ObjectNode resource) throws JsonProcessingException {
        var metadata = resource.withObjectProperty("metadata");
        if (!metadata.hasNonNull("name") && metadata.hasNonNull("generateName")) {
            metadata.put(
                    "name",
                    metadata.get("generateName").asText()
                            + UUID.randomUUID().toString().substring(0, 5));
        }
        if (path.namespace() != null) {
            metadata.put("namespace", path.namespace());
        }
        schemas.fillDefaults(path, resource);
        var answer = send(HttpMethod.POST, path.collection(), resource);
        if (path.plural().equals("customresourcedefinitions")) {
            schemas.learn(resource);
        }
        return answer;
    }

    private synchronized MockResponse put(RecordedRequest request) throws JsonProcessingException {
        var path = ResourcePath.parse(request.getPath());
        var body = JSON.readTree(request.getUtf8Body());
        if (path == null || path.name() == null) {
            return super.dispatch(request);
        }
        if (path.subresource().equals("scale")) {
            return scale(path, body);
        }
        if (path.subresource().isEmpty()) {
            keepStatus((ObjectNode) body, read(path.object()));
        }
        var answer = send(HttpMethod.PUT, request.getPath(), body);
        collectGarbage();
        return answer;
    }

    private synchronized MockResponse patch(RecordedRequest request) throws JsonProcessingException {
        var path = ResourcePath.parse(request.getPath());
        var type = String.valueOf(request.getHeader("Content-Type"));
        if (path == null || path.name() == null) {
            return super.dispatch(request);
        }
        if (type.startsWith("application/json-patch")) {
            var before = read(path.object());
            var answer = super.dispatch(request);
            collectGarbage();
            // The patch that removes the last finalizer ends the object; the mock then answers nothing.
            return before != null && answer.code() < 300 && !body(answer).isObject() ? json(200, before) : answer;
        }
        var patch = type.startsWith("application/apply-patch")
                ? YAML.unmarshal(request.getUtf8Body(), JsonNode.class)
                : JSON.readTree(request.getUtf8Body());
        var current = read(path.object());
        if (type.startsWith("application/apply-patch")) {
            return apply(path, manager(request), current, patch);
        }
        if (current == null) {
            return missing(path);
        }
        if (path.subresource().equals("scale")) {
            return scale(path, Patches.merge(Scales.read(current), patch));
        }
        var merged = type.startsWith("application/strategic-merge-patch")
                ? Patches.strategic(current, patch)
                : Patches.merge(current, patch);
        return write(path, current, merged);
    }

    private MockResponse apply(ResourcePath path, String manager, @Nullable JsonNode current, JsonNode body)
            throws JsonProcessingException {
        var target = path.object() + "/" + path.subresource();
        if (current == null) {
            applied.put(target, new HashMap<>(Map.of(manager, body)));
            return path.subresource().isEmpty() ? create(path, ((ObjectNode) body).deepCopy()) : missing(path);
        }
        var managers = applied.computeIfAbsent(target, any -> new HashMap<>());
        var before = Optional.ofNullable(managers.put(manager, body)).orElseGet(JSON::createObjectNode);
        for (var other : managers.entrySet()) {
            before = other.getKey().equals(manager) ? before : Patches.ownedAlone(before, other.getValue());
        }
        var merged = Patches.serverSide(current, before, body);
        return write(path, current, merged);
    }

    /// Writes only what differs, as the API server does: a write without a change makes no new version and no event.
    private MockResponse write(ResourcePath path, JsonNode current, JsonNode merged) throws JsonProcessingException {
        var wanted = (ObjectNode) merged;
        wanted.withObjectProperty("metadata").remove("managedFields");
        if (path.subresource().isEmpty()) {
            schemas.fillDefaults(path, wanted);
            keepStatus(wanted, current);
        }
        if (wanted.equals(current)) {
            return json(200, current);
        }
        wanted.withObjectProperty("metadata").remove("resourceVersion");
        var target = path.subresource().equals("status") ? path.object() + "/status" : path.object();
        var answer = send(HttpMethod.PUT, target, wanted);
        collectGarbage();
        return answer;
    }

    /// The status is written through its subresource only.
    private static void keepStatus(ObjectNode written, @Nullable JsonNode current) {
        written.remove("status");
        if (current != null && current.has("status")) {
            written.set("status", current.get("status"));
        }
    }

    private MockResponse scale(ResourcePath path, JsonNode scale) throws JsonProcessingException {
        var current = read(path.object());
        if (current == null) {
            return missing(path);
        }
        var answer = write(path.withoutSubresource(), current, Scales.write(current, scale));
        return answer.code() < 300 ? json(200, Scales.read(body(answer))) : answer;
    }

    /// An object with finalizers is only marked; it goes when the last of them does.
    private synchronized MockResponse delete(RecordedRequest request) throws JsonProcessingException {
        var path = ResourcePath.parse(request.getPath());
        var current = path == null || path.name() == null ? null : read(path.object());
        var body = request.getUtf8Body();
        var answer = path == null || current == null
                ? super.dispatch(request)
                : Finalizers.hold(current)
                        ? mark(path.object(), current)
                        : remove(
                                path.object(), current, body.isEmpty() ? JSON.createObjectNode() : JSON.readTree(body));
        collectGarbage();
        return answer;
    }

    private MockResponse remove(String path, JsonNode current, JsonNode options) throws JsonProcessingException {
        if (GracePeriod.applies(current, options)) {
            send(HttpMethod.PUT, path, GracePeriod.marked(current, Instant.now()));
            return json(200, current);
        }
        var released = GracePeriod.released(current);
        return current.at("/metadata/deletionTimestamp").isMissingNode() || released.equals(current)
                ? send(HttpMethod.DELETE, path, null)
                : send(HttpMethod.PUT, path, released);
    }

    private MockResponse mark(String path, JsonNode current) throws JsonProcessingException {
        var marked = Finalizers.marked(current, Instant.now());
        return marked.equals(current) ? json(200, current) : send(HttpMethod.PUT, path, marked);
    }

    /// Deletes what is owned by objects that are gone, until nothing more is.
    private void collectGarbage() throws JsonProcessingException {
        for (int i = 0; i < ATTEMPTS; i++) {
            Set<String> alive = new HashSet<>();
            var objects = List.copyOf(getMap().values()).stream()
                    .map(ApiDispatcher::parse)
                    .toList();
            objects.forEach(object -> alive.add(object.at("/metadata/uid").asText()));
            var orphans = objects.stream()
                    .filter(object -> object.at("/metadata/ownerReferences").size() > 0
                            && object.at("/metadata/deletionTimestamp").isMissingNode())
                    .filter(object -> object.at("/metadata/ownerReferences").findValuesAsText("uid").stream()
                            .noneMatch(alive::contains))
                    .toList();
            if (orphans.isEmpty()) {
                return;
            }
            for (var orphan : orphans) {
                remove(Paths.of(orphan), orphan, JSON.createObjectNode());
            }
        }
    }

    private @Nullable JsonNode read(String path) throws JsonProcessingException {
        var answer = send(HttpMethod.GET, path, null);
        return answer.code() == 200 ? body(answer) : null;
    }

    private MockResponse send(HttpMethod method, String path, @Nullable JsonNode body) throws JsonProcessingException {
        var headers = Headers.builder().add("Content-Type", "application/json").build();
        var bytes = body == null ? new byte[0] : JSON.writeValueAsBytes(body);
        return super.dispatch(new RecordedRequest("HTTP/1.1", method, path, headers, new Buffer(bytes)));
    }

    private static String manager(RecordedRequest request) {
        var match = MANAGER.matcher(request.getPath());
        return match.matches() ? URLDecoder.decode(match.group(1), StandardCharsets.UTF_8) : "";
    }

    private static JsonNode parse(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the store holds no JSON", e);
        }
    }

    private static JsonNode body(MockResponse answer) throws JsonProcessingException {
        return JSON.readTree(new String(answer.getBody().getBytes(), StandardCharsets.UTF_8));
    }

    private static MockResponse missing(ResourcePath path) {
        return problem(404, "NotFound", "%s \"%s\" not found".formatted(path.plural(), path.name()));
    }

    private static MockResponse problem(int code, String reason, String message) {
        var status = JSON.createObjectNode()
                .put("kind", "Status")
                .put("apiVersion", "v1")
                .put("status", "Failure")
                .put("message", message)
                .put("reason", reason)
                .put("code", code);
        return json(code, status);
    }

    private static MockResponse json(int code, JsonNode body) {
        return new MockResponse()
                .setResponseCode(code)
                .setHeader("Content-Type", "application/json")
                .setBody(body.toString());
    }
}
