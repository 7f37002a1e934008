package dev.jtask.protocol.uri;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Takes a text with one or more URIs apart. What it refuses it describes without quoting: whatever stands at the wrong
/// place may be a password.
final class UriReader {

    private static final String SCHEME = "[A-Za-z][A-Za-z0-9+.-]*://";
    private static final Pattern BETWEEN = Pattern.compile(";(?=\\s*" + SCHEME + ")");
    private static final Pattern COMMA_BETWEEN = Pattern.compile(",\\s*" + SCHEME);
    private static final Pattern URI = Pattern.compile(
            "(?<scheme>[A-Za-z][A-Za-z0-9+.-]*)://(?<authority>[^/?#]*)(?<path>[^?#]*)(\\?(?<query>[^#]*))?(?<rest>#.*)?",
            Pattern.DOTALL);
    private static final Pattern LOGIN = Pattern.compile("[A-Za-z0-9._~!$&'()*+,;=:%-]*");
    private static final Pattern PATH = Pattern.compile("[A-Za-z0-9._~!$&'()*+=:/%-]*");
    private static final Pattern HOST =
            Pattern.compile("(?<host>\\[[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*]|[A-Za-z0-9._-]+)(:(?<port>\\d{1,5}))?");

    private final ServerUri.Form form;

    UriReader(ServerUri.Form form) {
        this.form = form;
    }

    List<ServerUri> read(String text) {
        var parts = BETWEEN.split(text.strip(), -1);
        var servers = new ArrayList<ServerUri>();
        for (int i = 0; i < parts.length; i++) {
            var which = parts.length == 1 ? form.noun() : "%s %d of %d".formatted(form.noun(), i + 1, parts.length);
            try {
                servers.addAll(one(parts[i].strip()));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("%s %s".formatted(which, e.getMessage()));
            }
        }
        return servers.stream().distinct().toList();
    }

    private List<ServerUri> one(String text) {
        var parts = URI.matcher(text);
        if (!parts.matches() || !form.schemes().contains(parts.group("scheme").toLowerCase(Locale.ROOT))) {
            throw new IllegalArgumentException("must start with %s, as in %s"
                    .formatted(
                            String.join(
                                    " or ",
                                    form.schemes().stream()
                                            .sorted()
                                            .map(scheme -> scheme + "://")
                                            .toList()),
                            form.example()));
        }
        var authority = parts.group("authority");
        int at = authority.lastIndexOf('@');
        var login = at < 0 ? null : login(authority.substring(0, at));
        var path = path(parts.group("path"));
        if (parts.group("rest") != null) {
            throw new IllegalArgumentException("has a #; percent-encode it as %23");
        }
        var scheme = parts.group("scheme").toLowerCase(Locale.ROOT);
        var parameters = parameters(parts.group("query"));
        var servers = new ArrayList<ServerUri>();
        for (var host : authority.substring(at + 1).split(",", -1)) {
            servers.add(server(scheme, login, host.strip(), path, parameters));
        }
        return servers;
    }

    private static ServerUri server(
            String scheme, @Nullable Login login, String text, String path, Map<String, String> parameters) {
        if (text.isEmpty()) {
            throw new IllegalArgumentException(
                    "has no host where one is expected; write user:password@host:port, several hosts with a comma between");
        }
        var parts = HOST.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException("has a host or port that cannot be read; write host:port or [IPv6]:port,"
                    + " percent-encode special characters in user and password");
        }
        int port = parts.group("port") == null ? -1 : Integer.parseInt(parts.group("port"));
        if (port == 0 || port > 65_535) {
            throw new IllegalArgumentException("has a port that is not 1 to 65535");
        }
        return new ServerUri(scheme, login, parts.group("host").replaceAll("[\\[\\]]", ""), port, path, parameters);
    }

    private static Login login(String text) {
        if (text.contains("@")) {
            throw new IllegalArgumentException("has more than one @; percent-encode it in user and password as %40,"
                    + " and separate servers with logins of their own by ; and the whole URI");
        }
        if (COMMA_BETWEEN.matcher(text).find() || !LOGIN.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "has a character in its user or password that a URI cannot hold; percent-encode special characters in user and password");
        }
        int colon = text.indexOf(':');
        return new Login(
                Percent.decoded(colon < 0 ? text : text.substring(0, colon)),
                colon < 0 ? "" : Percent.decoded(text.substring(colon + 1)));
    }

    private static String path(String text) {
        if (text.contains(";") || text.contains(",")) {
            throw new IllegalArgumentException(
                    "has something behind its path; several hosts stand before it with commas,"
                            + " several URIs with their schemes have ; between; percent-encode a , or ; in the path itself");
        }
        if (!PATH.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "has a character in its path that a URI cannot hold; percent-encode special characters in user, password and path");
        }
        Percent.decoded(text);
        return text;
    }

    private static Map<String, String> parameters(@Nullable String query) {
        var parameters = new LinkedHashMap<String, String>();
        for (var parameter : query == null || query.isEmpty() ? new String[0] : query.split("&", -1)) {
            var pair = parameter.split("=", 2);
            if (parameter.contains("@") || parameter.contains(";") || pair.length < 2) {
                throw new IllegalArgumentException("has a query that cannot be read; write ?name=value&name=value,"
                        + " and percent-encode a ? in user and password");
            }
            if (parameters.put(Percent.decoded(pair[0]), Percent.decoded(pair[1])) != null) {
                throw new IllegalArgumentException("names one parameter twice");
            }
        }
        return parameters;
    }
}
