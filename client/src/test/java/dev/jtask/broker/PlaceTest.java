package dev.jtask.broker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jtask.protocol.uri.BrokerUri;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HashSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PlaceTest {

    @Test
    void everyBrokerIsTriedOnceInAnOrderOfChance() {
        var brokers = BrokerUri.list("amqp://h1,h2,h3");
        var orders = new HashSet<String>();

        IntStream.range(0, 200).forEach(i -> {
            var places = Place.shuffled(brokers, PlaceTest::one);
            assertThat(places).extracting(Place::broker).containsExactlyInAnyOrderElementsOf(brokers);
            orders.add(places.stream().map(Place::getHost).toList().toString());
        });

        assertThat(orders).hasSize(6);
    }

    @Test
    void aNameIsAsManyPlacesAsItHasAddresses() {
        var places = Place.shuffled(BrokerUri.list("amqp://rabbit:7000"), host -> new InetAddress[] {
            InetAddress.getByName("fd00::1"), InetAddress.getByName("10.0.0.1"), InetAddress.getByName("10.0.0.2")
        });

        assertThat(places).extracting(Place::ip).endsWith("fd00:0:0:0:0:0:0:1").hasSize(3);
        assertThat(places).extracting(Place::getHost).containsOnly("rabbit");
        assertThat(places.get(0).toInetSocketAddress(7000).getAddress().getHostAddress())
                .isEqualTo(places.get(0).ip());
    }

    @Test
    void aNameThatNobodyKnowsIsAPlaceToo() {
        var places = Place.shuffled(BrokerUri.list("amqp://nowhere,h2"), host -> {
            if (host.equals("nowhere")) {
                throw new UnknownHostException(host);
            }
            return one(host);
        });

        assertThat(places).extracting(Place::getHost).containsExactlyInAnyOrder("nowhere", "h2");
    }

    private static InetAddress[] one(String host) throws UnknownHostException {
        return new InetAddress[] {InetAddress.getByAddress(host, new byte[] {10, 0, 0, 1})};
    }
}
