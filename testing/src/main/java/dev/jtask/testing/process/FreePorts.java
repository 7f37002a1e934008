package dev.jtask.testing.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/// Loopback ports that were free a moment ago, and that no other JVM takes here as long as this one lives: not before
/// its server listens, not while that is stopped. They lie below those that systems give to whoever connects
/// somewhere, else one of many connections could have a port before its server has.
public final class FreePorts {

    private static final int LOWEST = 20_000;
    private static final int HIGHEST = 32_000;
    private static final int TRIES = 1_000;
    private static final PortClaims CLAIMS = PortClaims.ofThisMachine();

    private FreePorts() {}

    /// @return as many different ports
    public static List<Integer> take(int count) {
        var ports = new ArrayList<Integer>();
        for (int i = 0; i < count; i++) {
            ports.add(any());
        }
        return List.copyOf(ports);
    }

    private static int any() {
        for (int i = 0; i < TRIES; i++) {
            int port = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST);
            if (CLAIMS.claim(port) && isFree(port)) {
                return port;
            }
        }
        throw new IllegalStateException("no port from %d to %d is free".formatted(LOWEST, HIGHEST));
    }

    private static boolean isFree(int port) {
        try {
            new ServerSocket(port, 1, InetAddress.getLoopbackAddress()).close();
            return true;
        } catch (BindException e) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
