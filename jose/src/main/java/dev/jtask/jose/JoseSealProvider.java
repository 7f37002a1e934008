package dev.jtask.jose;

import dev.jtask.seal.Seal;
import dev.jtask.seal.SealOptions;
import dev.jtask.seal.SealProvider;
import dev.jtask.seal.Signatures;
import java.time.Clock;

/// Protects by the keys of a file.
public final class JoseSealProvider implements SealProvider {

    @Override
    public Seal open(SealOptions options, Role role) {
        var file = options.keys();
        Keys keys = file == null ? () -> KeyRing.EMPTY : KeyFile.of(file);
        var clock = Clock.systemUTC();
        var encryption = new Encryption(keys, clock);
        var signing = new Signing(keys, clock);
        if (role == Role.WORKER && options.signatures() == Signatures.REQUIRE && file != null && !signing.canSign()) {
            throw new IllegalArgumentException(
                    "%s has no key to sign with, so that this worker's own retries would be refused; add one of its own, with \"use\": \"sig\" and its private half"
                            .formatted(keys));
        }
        var vouching = new Vouching(signing, options.signatures(), options.maxAge(), clock);
        var files = options.auth();
        var auth = files == null ? null : new AuthSerializer(files, clock);
        return new Seal(new JoseMessages(encryption, signing, vouching, auth, role), new JoseValues(encryption));
    }
}
