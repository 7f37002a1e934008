package dev.jtask.operator.secret;

import dev.jtask.protocol.uri.Login;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/// One server's management API, how to log in and which vhost is meant. [#toString()] never shows the credentials.
///
/// @param uri the API's base, without credentials and without `/api`
/// @param login null for a token
public record ManagementDoor(URI uri, @Nullable Login login, String vhost) {

    public ManagementDoor(URI uri, String username, String password, String vhost) {
        this(uri, new Login(username, password), vhost);
    }

    @Override
    public String toString() {
        return uri + " vhost " + vhost;
    }
}
