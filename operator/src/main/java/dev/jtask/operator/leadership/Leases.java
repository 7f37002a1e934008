package dev.jtask.operator.leadership;

import java.util.Optional;

/// Reads the lease. May throw whatever its source throws.
public interface Leases {

    /// @return empty when nobody ever held it
    Optional<Claim> read();
}
