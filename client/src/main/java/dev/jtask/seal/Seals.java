package dev.jtask.seal;

import java.util.Optional;
import java.util.ServiceLoader;

/// Finds who can protect messages.
public final class Seals {

    private Seals() {}

    /// None for options that are none.
    ///
    /// @throws IllegalArgumentException naming the artifact to add, or the file that cannot be used
    public static Seal open(SealOptions options, SealProvider.Role role) {
        if (options.isNone()) {
            return Seal.NONE;
        }
        return provider(Thread.currentThread().getContextClassLoader())
                // the one of an application server's or of a pool's thread may see less than this class
                .or(() -> provider(Seals.class.getClassLoader()))
                .orElseThrow(() -> new IllegalArgumentException(
                        "keys need the artifact dev.jtask:jtask-jose on the class path; add it"))
                .open(options, role);
    }

    private static Optional<SealProvider> provider(ClassLoader loader) {
        return ServiceLoader.load(SealProvider.class, loader).findFirst();
    }
}
