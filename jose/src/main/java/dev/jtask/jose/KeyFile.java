package dev.jtask.jose;

import dev.jtask.tls.FileName;
import java.nio.file.Path;
import java.util.function.LongSupplier;

/// A JWK set in a file.
final class KeyFile implements Keys {

    private final String name;
    private final Reread<String, KeyRing> ring;

    private KeyFile(Path file, LongSupplier nanos) {
        this.name = "keys file " + FileName.of(file);
        this.ring = new Reread<>(name, () -> Texts.of(file, name), text -> KeyRing.parse(text, name), nanos);
    }

    /// @throws IllegalArgumentException naming the file and what is wrong with it
    static KeyFile of(Path file) {
        return of(file, System::nanoTime);
    }

    static KeyFile of(Path file, LongSupplier nanos) {
        return new KeyFile(file, nanos);
    }

    @Override
    public KeyRing now() {
        return ring.now();
    }

    @Override
    public KeyRing fresh() {
        return ring.fresh();
    }

    @Override
    public String toString() {
        return name;
    }
}
