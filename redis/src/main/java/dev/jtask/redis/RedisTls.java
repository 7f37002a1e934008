package dev.jtask.redis;

import dev.jtask.protocol.tls.TlsVersions;
import dev.jtask.tls.TlsFiles;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.SslOptions;
import java.io.IOException;

/// Tells Lettuce whom to trust and as whom to come, and to look after connections that are quiet.
final class RedisTls {

    private RedisTls() {}

    static ClientOptions options(TlsFiles files) throws IOException {
        var trust = files.trust();
        var identity = files.identity();
        var ssl = SslOptions.builder()
                .jdkSslProvider()
                .protocols(TlsVersions.spoken())
                .sslContext(context -> {
                    if (trust != null) {
                        context.trustManager(trust);
                    }
                    if (identity != null) {
                        context.keyManager(identity);
                    }
                });
        return ClientOptions.builder()
                .sslOptions(ssl.build())
                .socketOptions(SocketOptions.builder().keepAlive(true).build())
                .build();
    }
}
