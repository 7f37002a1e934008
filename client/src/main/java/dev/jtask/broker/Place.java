package dev.jtask.broker;

import com.rabbitmq.client.Address;
import dev.jtask.protocol.uri.BrokerUri;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One address of one broker. A name that stands for several addresses, such as a headless service's, is as many
/// places; certificates are checked against the name all the same.
final class Place extends Address {

    /// Asks the system for a host's addresses.
    @FunctionalInterface
    interface Names {
        InetAddress[] addresses(String host) throws UnknownHostException;
    }

    private final BrokerUri broker;
    private final @Nullable InetAddress address;

    private Place(BrokerUri broker, @Nullable InetAddress address) {
        super(broker.host(), broker.port());
        this.broker = broker;
        this.address = address;
    }

    /// Every place of all brokers: brokers in an order of chance, and so each one's addresses, but those of IPv4 first.
    static List<Place> shuffled(List<BrokerUri> brokers, Names names) {
        var order = new ArrayList<>(brokers);
        Collections.shuffle(order);
        var places = new ArrayList<Place>();
        for (var broker : order) {
            places.addAll(of(broker, names));
        }
        return places;
    }

    private static List<Place> of(BrokerUri broker, Names names) {
        try {
            var addresses = new ArrayList<>(List.of(names.addresses(broker.host())));
            Collections.shuffle(addresses);
            addresses.sort(Comparator.comparingInt(address -> address.getAddress().length));
            return addresses.stream().map(address -> new Place(broker, address)).toList();
        } catch (UnknownHostException e) {
            // said again where the connection is tried, beside what became of the others
            return List.of(new Place(broker, null));
        }
    }

    BrokerUri broker() {
        return broker;
    }

    /// The address alone; empty where the name has none.
    String ip() {
        return address == null ? "" : address.getHostAddress();
    }

    @Override
    public InetSocketAddress toInetSocketAddress(int port) {
        return address == null ? super.toInetSocketAddress(port) : new InetSocketAddress(address, port);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Place place
                && place.broker.equals(broker)
                && place.ip().equals(ip());
    }

    @Override
    public int hashCode() {
        return broker.hashCode() + 31 * ip().hashCode();
    }
}
