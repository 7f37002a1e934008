package dev.jtask.spring;

import dev.jtask.backend.ResultStore;
import dev.jtask.backend.ResultStoreProvider;
import dev.jtask.tls.TlsFiles;
import java.util.Set;

/// Opens no `rediss://`: it tells with which files it was asked to.
public final class FilesToldProvider implements ResultStoreProvider {

    @Override
    public Set<String> schemes() {
        return Set.of("rediss");
    }

    @Override
    public ResultStore open(String uri, TlsFiles tls) {
        throw new IllegalArgumentException("asked with " + tls.ca());
    }
}
