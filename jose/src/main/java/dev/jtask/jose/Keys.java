package dev.jtask.jose;

/// Where keys come from.
@FunctionalInterface
interface Keys {

    /// As they are now, or were when it was last looked, which is not long ago.
    KeyRing now();

    /// Looks again: somebody has used a key that is not among them.
    default KeyRing fresh() {
        return now();
    }
}
