package dev.jtask.autoscaler;

/// What a pool takes of a queue that other pools consume as well.
///
/// @param part of what waits and arrives, 0 to 1
/// @param others the other pools, as sentences name them
public record Share(double part, String others) {

    public Share {
        if (!(part >= 0 && part <= 1)) {
            throw new IllegalArgumentException("a part of a queue is 0 to 1, not " + part);
        }
    }
}
