package dev.jtask.jose;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import java.text.ParseException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// The keys of a JWK set. Of several for one purpose the last is written with, and all are read with: a new key
/// is added at the end, first where messages are read. A key with `nbf` is not written with before that, one
/// with `exp` not after.
///
/// @param all in their order
record KeyRing(List<Key> all) {

    static final KeyRing EMPTY = new KeyRing(List.of());

    /// @param source what errors call it; they show nothing of its text
    /// @throws IllegalArgumentException naming what is wrong
    static KeyRing parse(String json, String source) {
        JWKSet set;
        try {
            set = JWKSet.parse(json);
        } catch (ParseException | RuntimeException e) {
            // its text may hold a key
            throw new IllegalArgumentException(
                    "%s is no JWK set; write {\"keys\": [{\"kty\": …, \"kid\": …}]}".formatted(source));
        }
        var keys = new ArrayList<Key>();
        var seen = new HashSet<String>();
        for (var jwk : set.getKeys()) {
            var key = key(jwk, source);
            if (!seen.add(key.id())) {
                throw new IllegalArgumentException("%s has two keys with the kid '%s'".formatted(source, key.id()));
            }
            keys.add(key);
        }
        if (keys.isEmpty()) {
            throw new IllegalArgumentException("%s has no keys".formatted(source));
        }
        return new KeyRing(List.copyOf(keys));
    }

    private static Key key(JWK jwk, String source) {
        try {
            return Key.of(jwk);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("%s: %s".formatted(source, e.getMessage()), e);
        }
    }

    /// The one to encrypt with.
    Optional<Key.Secret> encrypting(Instant now) {
        return last(now, Key.Secret.class, key -> true);
    }

    /// The one to sign with.
    Optional<Key.Signing> signing(Instant now) {
        return last(now, Key.Signing.class, Key.Signing::canSign);
    }

    /// Whether messages are to be encrypted: a key that has ended, or not begun, is no leave to send in clear.
    boolean encrypts() {
        return all.stream().anyMatch(Key.Secret.class::isInstance);
    }

    /// Whether messages are to be signed, be there a key for it now or not.
    boolean signs() {
        return all.stream().anyMatch(key -> key instanceof Key.Signing signing && signing.canSign());
    }

    Optional<Key.Secret> secret(String id) {
        return named(id, Key.Secret.class);
    }

    Optional<Key.Signing> verifying(String id) {
        return named(id, Key.Signing.class);
    }

    /// Ids only.
    @Override
    public String toString() {
        return all.stream().map(Key::id).collect(Collectors.joining(", ", "keys ", ""));
    }

    private <K extends Key> Optional<K> last(Instant now, Class<K> kind, Predicate<K> fit) {
        return all.stream()
                .filter(kind::isInstance)
                .map(kind::cast)
                .filter(key -> key.time().holds(now) && fit.test(key))
                .reduce((first, second) -> second);
    }

    private <K extends Key> Optional<K> named(String id, Class<K> kind) {
        return all.stream()
                .filter(key -> kind.isInstance(key) && key.id().equals(id))
                .map(kind::cast)
                .findFirst();
    }
}
