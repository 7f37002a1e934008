package dev.jtask.operator.secret;

import java.net.URI;

/// One server's management API, how to log in and which vhost is meant. [#toString()] never shows the credentials.
///
/// @param uri the API's base, without credentials and without `/api`
public record ManagementDoor(URI uri, String username, String password, String vhost) {

    @Override
    public String toString() {
        return uri + " vhost " + vhost;
    }
}
