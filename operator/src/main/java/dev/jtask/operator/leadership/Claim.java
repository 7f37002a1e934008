package dev.jtask.operator.leadership;

import java.time.Instant;

/// Who holds the lease.
///
/// @param holder the identity of the operator that leads
/// @param renewed when it last said so, by its own clock
public record Claim(String holder, Instant renewed) {}
