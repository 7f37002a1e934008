package dev.jtask.operator.secret;

import dev.jtask.protocol.time.Wait;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The bearer tokens without which workers show no metrics. Whoever reconciles a pool has its Secret read; whoever asks
/// pods, against a deadline, is told what was read. Nothing here shows a token.
public final class MetricsTokens {

    /// The key of a Secret that is read, and no other.
    public static final String KEY = "metricsToken";
    /// The volume of a pod that holds the Secret.
    public static final String VOLUME = "metrics-token";

    private static final Logger LOG = LoggerFactory.getLogger(MetricsTokens.class);

    /// What a header may say.
    private static final Pattern LEGAL = Pattern.compile("[\\x21-\\x7e]{1,4096}");

    private static final int STALE_FOR = 20;

    private record Key(String namespace, String name) {}

    /// @param former the one before: pods have it for a minute or two longer, until the kubelet has renewed their file
    /// @param missing why no pod can start with it, null where it can
    /// @param asked which question this answers, in their order
    /// @param unread whether that had no answer, so that all of this is as it was before
    private record Kept(
            @Nullable String newest,
            @Nullable String former,
            @Nullable String missing,
            long asked,
            Wait fresh,
            boolean unread) {

        static final Kept NOTHING = new Kept(null, null, null, 0, Wait.OVER, false);

        /// What was read before still holds, and is not asked for at once.
        Kept unread(long question, Wait pause) {
            return new Kept(newest, former, missing, question, pause, true);
        }

        @Override
        public String toString() {
            return "…";
        }
    }

    private final Map<Key, Kept> kept = new ConcurrentHashMap<>();
    private final AtomicLong questions = new AtomicLong();
    private final Secrets.Source source;
    private final Duration keepFor;
    private final Clock clock;

    /// @param keepFor how long a Secret is not read again
    public MetricsTokens(Secrets.Source source, Duration keepFor, Clock clock) {
        this.source = source;
        this.keepFor = keepFor;
        this.clock = clock;
    }

    /// Reads a Secret, unless it was found a moment ago.
    ///
    /// @return why no pod can start with it, with the fix; empty where it can, or that is not known
    public Optional<String> look(String namespace, String name) {
        var now = clock.instant();
        var key = new Key(namespace, name);
        var known = kept.get(key);
        if (known != null && (known.newest != null || known.unread) && !known.fresh.isOver(now)) {
            return Optional.empty();
        }
        kept.values().removeIf(old -> now.isAfter(old.fresh.until().plus(keepFor.multipliedBy(STALE_FOR))));
        var asked = questions.incrementAndGet();
        try {
            var secret = source.get(namespace, name);
            var read = secret.flatMap(MetricsTokens::token).orElse(null);
            if (read == null && (known == null || known.newest != null || known.unread)) {
                LOG.warn(
                        "Secret {} in namespace {} has no token of visible ASCII letters under {}: workers that ask for one are not asked what they do, and count as busy; add it",
                        name,
                        namespace,
                        KEY);
            }
            var missing = missing(namespace, name, secret.orElse(null)).orElse(null);
            var said = new Kept(read, null, missing, asked, Wait.of(now, keepFor), false);
            return Optional.ofNullable(kept.merge(key, said, MetricsTokens::newest).missing);
        } catch (KubernetesClientException e) {
            if (known == null || !known.unread) {
                LOG.warn(
                        "Secret {} in namespace {} with the token of metrics could not be read (HTTP {}); it is read again",
                        name,
                        namespace,
                        e.getCode());
            }
            var pause = Wait.of(now, keepFor);
            kept.compute(
                    key,
                    (any, before) -> before != null && before.asked > asked
                            ? before
                            : Objects.requireNonNullElse(before, Kept.NOTHING).unread(asked, pause));
            return Optional.empty();
        }
    }

    /// The kubelet mounts the key and starts no pod without it.
    private static Optional<String> missing(String namespace, String name, @Nullable Secret secret) {
        if (secret == null) {
            return Optional.of(
                    "Secret %s does not exist in namespace %s; create it with the key %s or correct spec.metrics.tokenSecretRef.name"
                            .formatted(name, namespace, KEY));
        }
        return secret.getData() != null && secret.getData().containsKey(KEY)
                ? Optional.empty()
                : Optional.of(
                        "Secret %s in namespace %s has no key %s; add it or correct spec.metrics.tokenSecretRef.name"
                                .formatted(name, namespace, KEY));
    }

    /// Whether it was found or missed a moment ago.
    public boolean isFresh(String namespace, String name) {
        var known = kept.get(new Key(namespace, name));
        return known != null && !known.fresh.isOver(clock.instant());
    }

    /// Whether no pod could start with it, as its last reading says; one that had no answer says nothing.
    public boolean isMissing(String namespace, String name) {
        var known = kept.get(new Key(namespace, name));
        return known != null && known.missing != null && !known.unread;
    }

    /// Without a question to Kubernetes.
    ///
    /// @return the newest first; none where there are none, or nobody has looked yet
    public List<String> known(String namespace, String name) {
        var known = kept.get(new Key(namespace, name));
        return known == null
                ? List.of()
                : Stream.of(Optional.ofNullable(known.newest), Optional.ofNullable(known.former))
                        .flatMap(Optional::stream)
                        .toList();
    }

    /// Of two that read side by side the one that asked later knows more, whichever is answered first.
    private static Kept newest(Kept known, Kept said) {
        if (known.asked > said.asked) {
            return known;
        }
        var former = known.newest == null || known.newest.equals(said.newest) ? known.former : known.newest;
        return new Kept(said.newest, former, said.missing, said.asked, said.fresh, said.unread);
    }

    private static Optional<String> token(Secret secret) {
        try {
            return Optional.ofNullable(secret.getData())
                    .map(data -> data.get(KEY))
                    .map(encoded -> new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8).strip())
                    .filter(LEGAL.asMatchPredicate());
        } catch (IllegalArgumentException e) {
            // no base64, which the decoder's message would repeat
            return Optional.empty();
        }
    }
}
