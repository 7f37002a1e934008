package dev.jtask.operator.leadership;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// The lease, read, cleared and mended. May throw whatever its source throws.
public interface Leases {

    /// @return empty when nobody ever held it, or when it does not say all that an election reads
    Optional<Claim> read();

    /// Gives it what an election reads and it does not say; does nothing where it is a claim, or absent.
    ///
    /// @param duration how long after its last renewal anybody may take it
    /// @param now when it is taken to have been renewed
    void mend(Duration duration, Instant now);

    /// Takes the holder's name out of it, so that anybody may take it; does nothing where it is no longer this claim.
    void clear(Claim claim);
}
