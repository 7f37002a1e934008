package dev.jtask.quarkus;

import dev.jtask.seal.SealOptions;
import dev.jtask.tls.TlsFiles;

/// The files that a configuration names, as client and worker take them.
record ConnectionFiles(TlsFiles tls, SealOptions seal) {

    static ConnectionFiles of(JtaskConfig jtask) {
        var tls = jtask.tls();
        return new ConnectionFiles(
                new TlsFiles(
                        tls.ca().orElse(null),
                        tls.certificate().orElse(null),
                        tls.key().orElse(null)),
                jtask.servers().keysFile().map(SealOptions.NONE::withKeys).orElse(SealOptions.NONE));
    }
}
