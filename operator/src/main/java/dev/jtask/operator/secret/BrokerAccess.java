package dev.jtask.operator.secret;

import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Where a broker's management API is, on one server or on several of which any will do; equal values share one probe.
/// [#toString()] never shows the credentials.
///
/// @param doors at least one
/// @param tls what to trust and present on `https`, [TlsMaterial#NONE] for the platform's defaults
/// @param oauth who gives a token for doors without a login; null where there are none
public record BrokerAccess(
        List<ManagementDoor> doors,
        TlsMaterial tls,
        @Nullable OAuthAccess oauth) {

    public BrokerAccess {
        doors = List.copyOf(doors);
    }

    public BrokerAccess(List<ManagementDoor> doors, TlsMaterial tls) {
        this(doors, tls, null);
    }

    /// The addresses, for messages and metrics.
    public String management() {
        return doors.stream().map(door -> door.uri().toString()).distinct().collect(Collectors.joining(", "));
    }

    /// The servers, whoever logs in and whatever vhost is meant.
    public Set<URI> servers() {
        return doors.stream().map(ManagementDoor::uri).collect(Collectors.toSet());
    }

    /// Each door and its vhost: what two of these have in common is one broker, whoever logs in.
    public Set<String> addresses() {
        return doors.stream().map(ManagementDoor::toString).collect(Collectors.toSet());
    }

    /// The vhosts that are meant, of whatever broker.
    public Set<String> vhosts() {
        return doors.stream().map(ManagementDoor::vhost).collect(Collectors.toSet());
    }

    @Override
    public String toString() {
        return doors.toString();
    }
}
