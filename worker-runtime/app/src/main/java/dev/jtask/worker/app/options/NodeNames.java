package dev.jtask.worker.app.options;

import dev.jtask.broker.ThisHost;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.concurrent.ConcurrentLinkedQueue;

/// A name for a worker that was given none: `jtask@host`, and `jtask-2@host` for the second one on a host. Each holds a
/// locked file, which the system frees however the process ends.
public final class NodeNames {

    private static final int MOST = 1_000;
    /// A channel that nobody holds would be closed, and its lock with it.
    private static final Collection<FileChannel> HELD = new ConcurrentLinkedQueue<>();

    private final Path folder;
    private final String host;

    NodeNames(Path folder, String host) {
        this.folder = folder;
        this.host = host;
    }

    /// Those of this host and user.
    public static NodeNames ofThisHost() {
        var user = System.getProperty("user.name", "").replaceAll("[^A-Za-z0-9._-]", "_");
        return new NodeNames(Path.of(System.getProperty("java.io.tmpdir"), "jtask-" + user), ThisHost.name());
    }

    /// The first one.
    public String usual() {
        return name(1);
    }

    /// The first one that no other process has, for as long as this one runs. Where no file can be locked it is the
    /// usual one.
    public String take() {
        try {
            Files.createDirectories(folder);
            for (int number = 1; number <= MOST; number++) {
                if (isFree(folder.resolve(name(number) + ".lock"))) {
                    return name(number);
                }
            }
        } catch (IOException | UnsupportedOperationException | SecurityException e) {
            // a read-only container has one worker
            return usual();
        }
        return usual();
    }

    private String name(int number) {
        return (number == 1 ? "jtask@" : "jtask-%d@".formatted(number)) + host;
    }

    private static boolean isFree(Path file) throws IOException {
        var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() != null) {
                HELD.add(channel);
                return true;
            }
        } catch (OverlappingFileLockException e) {
            // of this process itself, which may have several workers
            channel.close();
            return false;
        }
        channel.close();
        return false;
    }
}
