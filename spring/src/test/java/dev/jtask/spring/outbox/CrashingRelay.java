package dev.jtask.spring.outbox;

import dev.jtask.broker.BrokerOptions;
import dev.jtask.broker.Sender;
import java.time.Duration;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/// A process whose relay is killed the moment the broker has confirmed a message.
final class CrashingRelay {

    static final int KILLED = 137;

    private CrashingRelay() {}

    public static void main(String[] args) throws InterruptedException {
        var database = new DriverManagerDataSource(args[0], args[1], args[2]);
        var sender = Sender.to(BrokerOptions.of(args[3]));
        var relay = new OutboxRelay(
                new OutboxTable(database, args[4], 100),
                (parcel, patience) -> sender.send(parcel, patience)
                        .thenRun(() -> Runtime.getRuntime().halt(KILLED)),
                Duration.ofSeconds(10),
                Duration.ofSeconds(1));
        relay.start();
        Thread.currentThread().join();
    }
}
