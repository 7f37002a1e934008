package dev.jtask.operator.secret;

import java.net.URI;

/// Where a broker's management API is, how to log in and which vhost is meant; equal values share one probe.
/// [#toString()] never shows the credentials.
///
/// @param management the API's base, without credentials and without `/api`
/// @param tls what to trust and present on `https`, [TlsMaterial#NONE] for the platform's defaults
public record BrokerAccess(URI management, String username, String password, String vhost, TlsMaterial tls) {

    @Override
    public String toString() {
        return management + " vhost " + vhost;
    }
}
