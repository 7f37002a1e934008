package dev.jtask.testing;

import java.io.IOException;

/// A program that runs a command beside a broker of its own, `WithBroker COMMAND…`: the command finds it in
/// `JTASK_BROKER_URI`, and its exit code is the program's.
public final class WithBroker {

    private WithBroker() {}

    public static void main(String[] command) throws IOException, InterruptedException {
        int exit;
        try (var broker = RabbitMqNode.start()) {
            var builder = new ProcessBuilder(command).inheritIO();
            builder.environment().put("JTASK_BROKER_URI", broker.amqpUri());
            exit = builder.start().waitFor();
        }
        System.exit(exit);
    }
}
