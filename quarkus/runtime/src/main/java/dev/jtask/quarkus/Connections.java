package dev.jtask.quarkus;

import dev.jtask.backend.ResultStores;
import dev.jtask.broker.BrokerOptions;
import dev.jtask.seal.SealOptions;
import dev.jtask.tls.TlsFiles;

/// Where the broker is, who we are to it, and the files for it: the same for client and worker.
record Connections(BrokerOptions broker, TlsFiles tls, SealOptions seal) {

    /// @throws IllegalArgumentException naming what is wrong
    static Connections of(JtaskConfig jtask) {
        var servers = jtask.servers();
        var files = jtask.tls();
        var tls = new TlsFiles(
                        files.ca().orElse(null),
                        files.certificate().orElse(null),
                        files.key().orElse(null))
                .with(new TlsFiles.Options("jtask.tls.ca", "jtask.tls.certificate"));
        return new Connections(
                BrokerOptions.of(servers.brokerUri()).withTls(tls, ResultStores.isSecure(servers.resultBackend())),
                tls,
                servers.keysFile().map(SealOptions.NONE::withKeys).orElse(SealOptions.NONE));
    }
}
