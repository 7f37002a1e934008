package dev.jtask.operator.secret;

import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The hosts that the operator connects to: whoever may write a Secret has it connect to those that stand there, from
/// the operator's place in the network.
public final class BrokerHosts {

    /// Whatever a Secret names.
    public static final BrokerHosts ANY = new BrokerHosts(Set.of(), List.of(""));

    private static final Pattern HOST = Pattern.compile("[\\p{Alnum}_.:-]+");
    private static final String BELOW = "*.";

    private final Set<String> whole;
    private final List<String> endings;

    private BrokerHosts(Set<String> whole, List<String> endings) {
        this.whole = whole;
        this.endings = endings;
    }

    /// @param hosts names and addresses, and `*.example.com` for all names below one
    /// @throws IllegalArgumentException naming one that is neither
    public static BrokerHosts of(List<String> hosts) {
        var whole = new HashSet<String>();
        var endings = new ArrayList<String>();
        for (var host : hosts) {
            var name = plain(host);
            boolean below = name.startsWith(BELOW);
            if (!HOST.matcher(below ? name.substring(BELOW.length()) : name).matches()) {
                throw new IllegalArgumentException(
                        "JTASK_OPERATOR_BROKER_HOSTS: '%s' is no host; write rabbitmq.shop.svc, 10.0.0.5 or *.example.com"
                                .formatted(host));
            }
            if (below) {
                endings.add(name.substring(1));
            } else {
                whole.add(name);
            }
        }
        return new BrokerHosts(Set.copyOf(whole), List.copyOf(endings));
    }

    /// The first host that is not among these.
    Optional<String> refused(BrokerSecret secret) {
        var doors = secret.access().doors().stream().map(door -> host(door.uri()));
        var brokers = secret.amqp().brokers().stream().map(broker -> broker.host());
        var tokens = Stream.ofNullable(secret.amqp().oauth()).map(oauth -> host(URI.create(oauth.tokenUri())));
        return Stream.of(doors, brokers, tokens)
                .flatMap(hosts -> hosts)
                .filter(host -> !allow(host))
                .findFirst();
    }

    /// Java knows no host of a name with an underscore.
    private static String host(URI uri) {
        return Optional.ofNullable(uri.getHost())
                .orElseGet(() -> uri.getRawAuthority().replaceFirst(":\\d+$", ""));
    }

    private boolean allow(String host) {
        var name = plain(host);
        return whole.contains(name) || endings.stream().anyMatch(name::endsWith);
    }

    /// As it is compared: a name is the same in any case and with the dot of the root, an address without brackets.
    private static String plain(String host) {
        return host.strip().toLowerCase(Locale.ROOT).replaceAll("^\\[|]$|\\.$", "");
    }
}
