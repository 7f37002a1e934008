package dev.jtask.backend;

import dev.jtask.tls.TlsFiles;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.regex.Pattern;

/// Finds who keeps results by the scheme of a URI.
public final class ResultStores {

    private static final Pattern SCHEME = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]{0,30})://.*", Pattern.DOTALL);
    private static final Map<String, String> ARTIFACTS =
            Map.of("redis", "dev.jtask:jtask-redis", "rediss", "dev.jtask:jtask-redis");

    private ResultStores() {}

    /// Looks at the URI only; connects on first use.
    ///
    /// @throws IllegalArgumentException naming what is wrong with the URI, or the artifact to add for it; the URI's
    /// credentials are not shown
    public static ResultStore open(String uri) {
        return open(uri, TlsFiles.NONE);
    }

    /// As [#open(String)], with these files where the scheme means TLS.
    public static ResultStore open(String uri, TlsFiles tls) {
        var stripped = uri.strip();
        var scheme = scheme(stripped);
        return provider(scheme, Thread.currentThread().getContextClassLoader())
                // the one of an application server's or of a pool's thread may see less than this class
                .or(() -> provider(scheme, ResultStores.class.getClassLoader()))
                .orElseThrow(() -> new IllegalArgumentException(unknown(scheme)))
                .open(stripped, tls);
    }

    /// Whether a result backend of this URI is talked to with TLS, so that it can use TLS files.
    public static boolean isSecure(String uri) {
        return uri.strip().toLowerCase(Locale.ROOT).startsWith("rediss://");
    }

    private static String scheme(String uri) {
        var matcher = SCHEME.matcher(uri);
        if (!matcher.matches()) {
            // what stands here instead may be a password
            throw new IllegalArgumentException("the result backend is no URI; use redis://host:6379/0");
        }
        return matcher.group(1).toLowerCase(Locale.ROOT);
    }

    private static Optional<ResultStoreProvider> provider(String scheme, ClassLoader loader) {
        return ServiceLoader.load(ResultStoreProvider.class, loader).stream()
                .map(ServiceLoader.Provider::get)
                .filter(provider -> provider.schemes().contains(scheme))
                .findFirst();
    }

    private static String unknown(String scheme) {
        var artifact = ARTIFACTS.get(scheme);
        return artifact == null
                ? "result backend '%s://…' is not known; use rpc://, redis://host:6379/0 or rediss://…"
                        .formatted(scheme)
                : "results from %s:// need the artifact %s on the class path; add it".formatted(scheme, artifact);
    }
}
