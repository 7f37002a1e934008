package dev.jtask.operator.management;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.jtask.operator.secret.BrokerAccess;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What a broker calls itself: one that is known by several addresses says the same at each of them.
final class ClusterName {

    private static final Logger LOG = LoggerFactory.getLogger(ClusterName.class);

    private ClusterName() {}

    /// @param timeout how long connecting and each answer may take
    /// @return empty where none of its servers says it
    static Optional<String> of(BrokerAccess access, Duration timeout, HttpClients clients) {
        var oauth = access.oauth();
        var tokens = oauth == null ? null : oauth.login();
        for (var door : access.doors()) {
            try {
                var http = new BoundedHttp(clients.of(access.tls()), Credentials.of(door, tokens), timeout);
                return http.ask(URI.create(door.uri() + "/api/cluster-name"), ClusterName::in);
            } catch (RuntimeException e) {
                // the next one may know, and else it is asked again
                LOG.debug("{} does not say its name: {}", door, e.toString());
            }
        }
        return Optional.empty();
    }

    private static String in(JsonParser json) throws IOException {
        if (json.nextToken() == JsonToken.START_OBJECT) {
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                boolean name = json.currentName().equals("name");
                if (json.nextToken() == JsonToken.VALUE_STRING && name) {
                    return json.getText();
                }
                json.skipChildren();
            }
        }
        throw new NotManagementException("its answer is no name of a cluster", null);
    }
}
