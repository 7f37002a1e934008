package dev.jtask.protocol.uri;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One server of a URI that may name several: `scheme://user:password@host:port,host:port/path?key=value`, and more of
/// the kind behind a `;`, each with its own login and path.
///
/// @param login null where the URI names nobody
/// @param host an IPv6 address without its brackets
/// @param port -1 where the URI names none
/// @param path still encoded, with its first slash; empty where there is none
/// @param parameters decoded, as they stand in the query
public record ServerUri(
        String scheme, @Nullable Login login, String host, int port, String path, Map<String, String> parameters) {

    /// What a kind of URI looks like.
    ///
    /// @param noun what errors call it, such as `broker URI`
    /// @param schemes in lower case
    /// @param example without a real password
    public record Form(String noun, Set<String> schemes, String example) {}

    public ServerUri {
        parameters = Map.copyOf(parameters);
    }

    /// The servers in the order of the text.
    ///
    /// @throws IllegalArgumentException saying what is wrong and how to write it; nothing is repeated that
    /// could be part of a password
    public static List<ServerUri> list(String text, Form form) {
        return new UriReader(form).read(text);
    }

    /// The host as it stands in a URI.
    public String shownHost() {
        return shown(host);
    }

    /// A host as it stands in a URI: an IPv6 address within brackets.
    public static String shown(String host) {
        return host.contains(":") ? "[" + host + "]" : host;
    }

    /// Without credentials.
    @Override
    public String toString() {
        return "%s://%s%s%s".formatted(scheme, shownHost(), port < 0 ? "" : ":" + port, path);
    }
}
