package dev.jtask.operator.victim;

import org.jspecify.annotations.Nullable;

/// What came of making idle pods the first to go.
///
/// @param idle how many pods can go without anything being cut off, if those go first
/// @param hindrance why not all could be marked, null where they are
public record Marking(int idle, @Nullable String hindrance) {}
