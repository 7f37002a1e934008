package dev.jtask.broker;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/// The name of the machine, or of the container, for people and to tell processes apart: also where it does not
/// resolve.
public final class ThisHost {

    private static final Path KERNEL = Path.of("/proc/sys/kernel/hostname");

    /// Asks the system for itself.
    @FunctionalInterface
    interface Self {
        InetAddress address() throws UnknownHostException;
    }

    private ThisHost() {}

    /// Never fails; `localhost` where nothing has a name for it.
    public static String name() {
        return name(InetAddress::getLocalHost, System.getenv(), KERNEL);
    }

    static String name(Self self, Map<String, String> environment, Path kernel) {
        try {
            return self.address().getHostName();
        } catch (UnknownHostException e) {
            var told = environment.getOrDefault("HOSTNAME", "").strip();
            return told.isEmpty() ? kept(kernel) : told;
        }
    }

    private static String kept(Path file) {
        try {
            var name = Files.readString(file).strip();
            return name.isEmpty() ? "localhost" : name;
        } catch (IOException e) {
            // not Linux
            return "localhost";
        }
    }
}
