package dev.jtask.local.demo;

import dev.jtask.local.system.Checkout;
import dev.jtask.local.system.LocalSystem;
import java.io.PrintStream;
import java.nio.file.Path;

/// What is running, and how to look at it from another terminal.
final class Introduction {

    private Introduction() {}

    static void print(PrintStream out, LocalSystem system, Checkout checkout, String pool) {
        var here = Path.of("").toAbsolutePath();
        var folder = checkout.folder().startsWith(here) ? here.relativize(checkout.folder()) : checkout.folder();
        out.printf(
                """
                API: %s
                broker: %s, management %s
                logs: %s/operator.log, %s/pods/*.log
                in another terminal:
                  kubectl --kubeconfig %s/kubeconfig get twp
                  kubectl --kubeconfig %s/kubeconfig describe twp %s
                """,
                system.apiDescription(),
                system.broker().amqpUri(),
                system.broker().managementUri(),
                folder,
                folder,
                folder,
                folder,
                pool);
    }
}
