package dev.jtask.worker.delivery;

import com.rabbitmq.client.Connection;
import java.util.regex.Pattern;

/// Which RabbitMQ it is, and what that one knows of time limits for deliveries. Pure but for [#of(Connection)].
///
/// @param words as the broker wrote it
record BrokerVersion(int major, int minor, String words) {

    static final BrokerVersion UNKNOWN = new BrokerVersion(0, 0, "of an unknown version");

    private static final Pattern NUMBERS = Pattern.compile("(\\d{1,6})\\.(\\d{1,6}).*");

    static BrokerVersion of(Connection connection) {
        var properties = connection.getServerProperties();
        return properties == null || !"RabbitMQ".equals(String.valueOf(properties.get("product")))
                ? UNKNOWN
                : parse(String.valueOf(properties.get("version")));
    }

    static BrokerVersion parse(String words) {
        var numbers = NUMBERS.matcher(words);
        return numbers.matches()
                ? new BrokerVersion(Integer.parseInt(numbers.group(1)), Integer.parseInt(numbers.group(2)), words)
                : UNKNOWN;
    }

    /// Queues may be declared with a limit of their own: 3.12 to 4.2, of either type.
    boolean knowsQueueTimeouts() {
        return isAtLeast(3, 12) && !isAtLeast(4, 3);
    }

    /// Consumers may bring one, to quorum queues: since 4.3.
    boolean knowsConsumerTimeouts() {
        return isAtLeast(4, 3);
    }

    private boolean isAtLeast(int wantedMajor, int wantedMinor) {
        return major > wantedMajor || (major == wantedMajor && minor >= wantedMinor);
    }
}
