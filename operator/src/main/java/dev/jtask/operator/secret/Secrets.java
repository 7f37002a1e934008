package dev.jtask.operator.secret;

import dev.jtask.protocol.text.Beginning;
import dev.jtask.protocol.time.Wait;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// The Secrets of the pools, read by name and kept for a while: the operator needs no right to list or watch them.
public final class Secrets {

    /// Reads one Secret.
    public interface Source {
        Optional<Secret> get(String namespace, String name);
    }

    private record Key(String namespace, String name) {}

    /// @param version of the Secret that was read, null where none was
    /// @param asked which question it answers, in their order
    /// @param fresh while nobody reads it again, which is put off while one does
    /// @param good while it holds though it cannot be read, since it was read
    private record Kept(SecretReading reading, @Nullable String version, long asked, Wait fresh, Wait good) {

        boolean isUsable() {
            return reading instanceof SecretReading.Usable;
        }
    }

    /// For how many times its life a reading is good though Kubernetes does not answer.
    private static final int GOOD_FOR = 21;

    private static final int LONGEST_CAUSE = 1_000;

    /// For so long the others go on with what was read before.
    private static final Duration BEING_READ = Duration.ofSeconds(1);

    private final Map<Key, Kept> kept = new ConcurrentHashMap<>();
    private final AtomicLong questions = new AtomicLong();
    private final Source source;
    private final BrokerHosts hosts;
    private final ShortHosts names;
    private final Duration keepFor;
    private final Clock clock;
    private volatile Wait swept = Wait.OVER;

    /// @param hosts that a Secret may name
    /// @param names what it means by a host of one word
    /// @param keepFor how long a usable Secret is not read again; one that is not usable is read every time
    public Secrets(Source source, BrokerHosts hosts, ShortHosts names, Duration keepFor, Clock clock) {
        this.source = source;
        this.hosts = hosts;
        this.names = names;
        this.keepFor = keepFor;
        this.clock = clock;
    }

    /// The Secret as it was at most `keepFor` ago.
    public SecretReading read(String namespace, String name) {
        var now = clock.instant();
        var key = new Key(namespace, name);
        var known = kept.get(key);
        if (known != null && known.isUsable() && (!known.fresh().isOver(now) || !isMineToRead(key, known, now))) {
            return known.reading();
        }
        return readAgain(namespace, name);
    }

    /// A thousand pools of one Secret find it too old at once: one of them reads it.
    private boolean isMineToRead(Key key, Kept known, Instant now) {
        return kept.replace(
                key,
                known,
                new Kept(known.reading(), known.version(), known.asked(), Wait.of(now, BEING_READ), known.good()));
    }

    /// Whether [#read(String, String)] would not read it.
    public boolean isFresh(String namespace, String name) {
        var known = kept.get(new Key(namespace, name));
        return known != null && known.isUsable() && !known.fresh().isOver(clock.instant());
    }

    /// Whether that is what it said when it was last read.
    public boolean stillSays(String namespace, String name, SecretReading reading) {
        var known = kept.get(new Key(namespace, name));
        return known != null && known.reading().equals(reading);
    }

    /// The number of the last question: the answer to a later one is newer than whatever was read before.
    public long asked() {
        return questions.get();
    }

    /// The Secret as it is now, unless it was read after that question.
    public SecretReading readSince(String namespace, String name, long question) {
        var known = kept.get(new Key(namespace, name));
        return known != null && known.asked() > question ? known.reading() : readAgain(namespace, name);
    }

    /// The Secret as it is now.
    public SecretReading readAgain(String namespace, String name) {
        var now = clock.instant();
        var key = new Key(namespace, name);
        sweep(now);
        var asked = questions.incrementAndGet();
        try {
            var secret = source.get(namespace, name).orElse(null);
            var version = version(secret);
            var known = kept.get(key);
            var reading = version != null && known != null && version.equals(known.version())
                    ? known.reading()
                    : allowed(meant(namespace, SecretReader.read(namespace, name, secret)));
            return learn(key, reading, version, asked, now);
        } catch (KubernetesClientException e) {
            return unreadable(key, e, asked, now);
        }
    }

    /// Pools of one Secret read it side by side. Of two answers the one to the later question counts, whichever
    /// comes first: one that was long on its way would bring back a password that was changed since, and roll
    /// every pod out with it.
    private SecretReading learn(Key key, SecretReading reading, @Nullable String version, long asked, Instant now) {
        var fresh = reading instanceof SecretReading.Usable ? Wait.of(now, keepFor) : Wait.OVER;
        var answer = new Kept(reading, version, asked, fresh, Wait.of(now, keepFor.multipliedBy(GOOD_FOR)));
        return kept.merge(key, answer, (known, said) -> known.asked() > said.asked() ? known : said)
                .reading();
    }

    /// Those that no pool names any more.
    private void sweep(Instant now) {
        if (swept.isOver(now)) {
            swept = Wait.of(now, keepFor);
            kept.values().removeIf(old -> old.good().isOver(now));
        }
    }

    /// What is written anew has another one, and so has a namesake.
    private static @Nullable String version(@Nullable Secret secret) {
        var metadata = secret == null ? null : secret.getMetadata();
        return metadata == null || metadata.getUid() == null || metadata.getResourceVersion() == null
                ? null
                : metadata.getUid() + "/" + metadata.getResourceVersion();
    }

    private SecretReading meant(String namespace, SecretReading reading) {
        return reading instanceof SecretReading.Usable(var secret)
                ? new SecretReading.Usable(names.meant(secret, namespace))
                : reading;
    }

    private SecretReading allowed(SecretReading reading) {
        return reading instanceof SecretReading.Usable(var secret)
                ? hosts.refused(secret)
                        .<SecretReading>map(host -> new SecretReading.Invalid(
                                "Secret %s names the host %s, to which the operator does not connect; correct it, or let whoever runs the operator add it to JTASK_OPERATOR_BROKER_HOSTS (operator.brokerHosts of the chart)"
                                        .formatted(secret.name(), host)))
                        .orElse(reading)
                : reading;
    }

    /// An API server that is away for a moment says nothing about a Secret.
    private SecretReading unreadable(Key key, KubernetesClientException e, long asked, Instant now) {
        if (e.getCode() == 401 || e.getCode() == 403) {
            // that is an answer, and every pool of this Secret shall have it
            var forbidden = new SecretReading.Unreadable(
                    "the operator may not read Secret %s in namespace %s (HTTP %d); give its Role there the verb get on secrets, as the chart does for watchNamespaces"
                            .formatted(key.name(), key.namespace(), e.getCode()));
            return learn(key, forbidden, null, asked, now);
        }
        var known = kept.computeIfPresent(key, (any, old) -> old.good().isOver(now) ? null : old);
        return known == null || !known.isUsable()
                ? new SecretReading.Unreadable(
                        "Kubernetes did not answer when asked for Secret %s in namespace %s (%s); it is asked again"
                                .formatted(
                                        key.name(),
                                        key.namespace(),
                                        Beginning.of(String.valueOf(e.getMessage()), LONGEST_CAUSE)))
                : known.reading();
    }
}
