package dev.jtask.local;

import dev.jtask.local.node.WorkerRuntime;
import dev.jtask.local.system.Checkout;
import java.nio.file.Path;

/// What the other modules of this checkout have built, for tests.
public final class Built {

    static final Checkout CHECKOUT = new Checkout(Path.of(".."));

    private Built() {}

    /// @param folder for logs and working directories
    public static WorkerRuntime workers(Path folder) {
        var built = CHECKOUT.workers();
        return new WorkerRuntime(built.java(), built.library(), built.jvmOptions(), built.images(), folder);
    }
}
