package dev.jtask.operator.reconcile;

import dev.jtask.crds.v1alpha1.TaskWorkerPool;
import dev.jtask.operator.secret.MetricsTokens;
import dev.jtask.operator.secret.SecretReading;
import dev.jtask.operator.secret.Secrets;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What pools found in their Secrets when they were last reconciled. The operator may not watch Secrets: at each tick
/// it reads those whose time has come, each once for all pools that use it, and wakes the pools that went by something
/// else. One whose Secret is of no use looks for it itself.
public final class UsedSecrets {

    private static final Logger LOG = LoggerFactory.getLogger(UsedSecrets.class);

    /// So many are read at the same time.
    private static final int READERS = 8;

    private record Reference(String namespace, String name) {}

    /// @param since the last question that was asked before the reconcile
    private record Use(Reference secret, SecretReading reading, long since) {

        boolean isUsable() {
            return reading instanceof SecretReading.Usable;
        }
    }

    private final Map<ResourceID, Use> brokers = new ConcurrentHashMap<>();
    /// Of the pools that found the token of their metrics.
    private final Map<ResourceID, Reference> found = new ConcurrentHashMap<>();
    private final Secrets secrets;
    private final MetricsTokens tokens;
    private final Consumer<ResourceID> wake;

    /// @param wake has a pool reconciled soon
    public UsedSecrets(Secrets secrets, MetricsTokens tokens, Consumer<ResourceID> wake) {
        this.secrets = secrets;
        this.tokens = tokens;
        this.wake = wake;
    }

    /// What the Secret of the pool's broker says, as it was a while ago at most; as it is now where the pool has just
    /// named another.
    SecretReading read(TaskWorkerPool pool) {
        var id = ResourceID.fromResource(pool);
        var secret = broker(pool);
        var since = secrets.asked();
        var before = brokers.get(id);
        var reading = before == null || before.secret().equals(secret)
                ? secrets.read(secret.namespace(), secret.name())
                : secrets.readAgain(secret.namespace(), secret.name());
        brokers.put(id, new Use(secret, reading, since));
        return reading;
    }

    /// The same as it is now, for whoever has called [#read(TaskWorkerPool)] in this reconcile.
    SecretReading readAnew(TaskWorkerPool pool) {
        var id = ResourceID.fromResource(pool);
        var secret = broker(pool);
        var use = brokers.get(id);
        var since = use == null ? secrets.asked() : use.since();
        var reading = secrets.readSince(secret.namespace(), secret.name(), since);
        brokers.put(id, new Use(secret, reading, since));
        return reading;
    }

    /// @return why no pod of the pool can start for want of the token of its metrics; empty where it can
    Optional<String> lookForToken(TaskWorkerPool pool) {
        var id = ResourceID.fromResource(pool);
        var metrics = pool.getSpec().metrics();
        if (metrics == null || metrics.tokenSecretRef() == null) {
            found.remove(id);
            return Optional.empty();
        }
        var secret = new Reference(
                pool.getMetadata().getNamespace(), metrics.tokenSecretRef().name());
        var missing = tokens.look(secret.namespace(), secret.name());
        if (missing.isEmpty()) {
            found.put(id, secret);
        } else {
            found.remove(id);
        }
        return missing;
    }

    /// Reads what is due and wakes whom it concerns; returns when all is read.
    public void look() {
        var due = brokers.values().stream()
                .filter(Use::isUsable)
                .map(Use::secret)
                .distinct()
                .filter(secret -> !secrets.isFresh(secret.namespace(), secret.name()))
                .map(secret -> (Runnable) () -> secrets.read(secret.namespace(), secret.name()));
        var dueTokens = found.values().stream()
                .distinct()
                .filter(secret -> !tokens.isFresh(secret.namespace(), secret.name()))
                .map(secret -> (Runnable) () -> tokens.look(secret.namespace(), secret.name()));
        sideBySide(Stream.concat(due, dueTokens).toList());
        brokers.forEach((pool, use) -> {
            if (use.isUsable()
                    && !secrets.stillSays(use.secret().namespace(), use.secret().name(), use.reading())) {
                wake.accept(pool);
            }
        });
        found.forEach((pool, secret) -> {
            if (tokens.isMissing(secret.namespace(), secret.name())) {
                wake.accept(pool);
            }
        });
    }

    /// Forgets a pool that is gone.
    void forget(ResourceID pool) {
        brokers.remove(pool);
        found.remove(pool);
    }

    private static Reference broker(TaskWorkerPool pool) {
        return new Reference(
                pool.getMetadata().getNamespace(),
                pool.getSpec().broker().secretRef().name());
    }

    private static void sideBySide(List<Runnable> reads) {
        if (reads.isEmpty()) {
            return;
        }
        var threads = Thread.ofVirtual().name("jtask-secret-", 0).factory();
        try (var readers = Executors.newFixedThreadPool(Math.min(READERS, reads.size()), threads)) {
            reads.forEach(read -> readers.execute(() -> guarded(read)));
        }
    }

    private static void guarded(Runnable read) {
        try {
            read.run();
        } catch (RuntimeException e) {
            LOG.warn("a Secret could not be read; it is read again at the next tick: {}", e.toString());
        }
    }
}
