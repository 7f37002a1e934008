package dev.jtask.local;

import dev.jtask.local.kubernetes.node.WorkerRuntime;
import dev.jtask.local.system.Checkout;
import java.nio.file.Path;

/// What the other modules of this checkout have built, for tests.
public final class Built {

    private static final Path ROOT = Path.of("..");

    private Built() {}

    /// @param folder for logs, data and working directories
    public static Checkout checkout(Path folder) {
        return new Checkout(ROOT, folder, null);
    }

    /// @param folder for logs and working directories
    public static WorkerRuntime workers(Path folder) {
        return checkout(folder).workers();
    }
}
