package dev.jtask.backend;

import dev.jtask.tls.TlsFiles;
import java.util.Set;

/// Opens the stores of some URI schemes; found by [java.util.ServiceLoader].
public interface ResultStoreProvider {

    /// Such as `redis`, in lower case.
    Set<String> schemes();

    /// Looks at the URI only; no server has to be there yet.
    ///
    /// @param tls for a scheme that means TLS; others have no use for it
    /// @throws IllegalArgumentException saying what is wrong with the URI, without its credentials
    ResultStore open(String uri, TlsFiles tls);
}
