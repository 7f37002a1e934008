package dev.jtask.local.kubernetes.node;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.HashSet;
import java.util.Set;
import java.util.random.RandomGenerator;

/// Loopback addresses, one for each pod: every worker can then listen on the port of its spec. Two nodes on one
/// machine start at different places, and an address whose port is taken is passed over.
final class PodAddresses {

    private static final int FIRST_BLOCK = 64;
    private static final int BLOCKS = 64 * 256;
    private static final int HOSTS = 254;

    private final Set<Integer> taken = new HashSet<>();
    private final int block;

    PodAddresses(RandomGenerator random) {
        this.block = random.nextInt(BLOCKS);
    }

    /// @param port that the pod will listen on
    /// @throws IllegalStateException when no address is left
    synchronized String take(int port) {
        for (int host = 1; host <= HOSTS; host++) {
            var address = "127.%d.%d.%d".formatted(FIRST_BLOCK + block / 256, block % 256, host);
            if (!taken.contains(host) && isFree(address, port)) {
                taken.add(host);
                return address;
            }
        }
        throw new IllegalStateException(
                "no loopback address with a free port %d; on macOS add one first: ifconfig lo0 alias 127.%d.%d.1"
                        .formatted(port, FIRST_BLOCK + block / 256, block % 256));
    }

    synchronized void release(String address) {
        taken.remove(Integer.valueOf(address.substring(address.lastIndexOf('.') + 1)));
    }

    private static boolean isFree(String address, int port) {
        try (var socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.ofLiteral(address), port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
