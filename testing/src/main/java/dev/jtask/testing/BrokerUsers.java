package dev.jtask.testing;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/// The users of a broker, by its management API: `rabbitmqctl` takes two seconds of a processor for each command.
public final class BrokerUsers {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final BrokerView api;

    BrokerUsers(BrokerView api) {
        this.api = api;
    }

    /// Adds a user who may do nothing yet, or gives one a new password.
    ///
    /// @param tags for example `management`
    public void add(String name, String password, String... tags) {
        put("/api/users/" + encoded(name), body().put("password", password).put("tags", String.join(",", tags)));
    }

    /// Gives a user these rights in the default vhost.
    ///
    /// @param configure a regular expression, as are the others
    public void permit(String name, String configure, String write, String read) {
        permitIn("/", name, configure, write, read);
    }

    /// The same in another vhost.
    public void permitIn(String vhost, String name, String configure, String write, String read) {
        put(
                "/api/permissions/%s/%s".formatted(encoded(vhost), encoded(name)),
                body().put("configure", configure).put("write", write).put("read", read));
    }

    /// Takes a user's rights in the default vhost.
    public void forbid(String name) {
        api.order("DELETE", "/api/permissions/%2F/" + encoded(name), "");
    }

    /// Deletes a user.
    public void delete(String name) {
        api.order("DELETE", "/api/users/" + encoded(name), "");
    }

    /// Adds a vhost.
    public void addVhost(String name) {
        put("/api/vhosts/" + encoded(name), body());
    }

    private void put(String path, ObjectNode body) {
        try {
            api.order("PUT", path, JSON.writeValueAsString(body));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ObjectNode body() {
        return JsonNodeFactory.instance.objectNode();
    }

    private static String encoded(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
