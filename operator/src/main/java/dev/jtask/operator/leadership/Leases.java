package dev.jtask.operator.leadership;

import java.util.Optional;

/// The lease, read and cleared. May throw whatever its source throws.
public interface Leases {

    /// @return empty when nobody ever held it
    Optional<Claim> read();

    /// Takes the holder's name out of it, so that anybody may take it; does nothing where it is no longer this claim.
    void clear(Claim claim);
}
