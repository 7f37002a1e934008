package dev.jtask.testing.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Which JVM has which port: one file that stays empty, in which each locks the bytes of its ports. The system takes
/// the locks of a process back when it ends, however it ends.
final class PortClaims implements AutoCloseable {

    private final FileChannel file;
    /// The JVM grants a lock once more that nobody refers to.
    private final Set<FileLock> held = ConcurrentHashMap.newKeySet();

    PortClaims(Path file) {
        try {
            this.file = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot open %s; delete it if it is another user's".formatted(file), e);
        }
    }

    /// One file for each user, as nobody may lock another's.
    static PortClaims ofThisMachine() {
        return new PortClaims(
                Path.of(System.getProperty("java.io.tmpdir"), "jtask-ports-" + System.getProperty("user.name")));
    }

    /// @return whether nobody has it, neither another JVM nor another caller in this one
    boolean claim(int port) {
        try {
            var lock = file.tryLock(port, 1, false);
            return lock != null && held.add(lock);
        } catch (OverlappingFileLockException e) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot lock port " + port, e);
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
