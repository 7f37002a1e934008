package dev.jtask.backend;

import dev.jtask.tls.TlsFiles;
import java.util.Set;

/// Opens `fake://`.
public final class FakeStoreProvider implements ResultStoreProvider {

    @Override
    public Set<String> schemes() {
        return Set.of("fake");
    }

    @Override
    public ResultStore open(String uri, TlsFiles tls) {
        if (uri.endsWith("wrong")) {
            throw new IllegalArgumentException("result backend fake://… is wrong");
        }
        return new FakeStore().opened();
    }
}
