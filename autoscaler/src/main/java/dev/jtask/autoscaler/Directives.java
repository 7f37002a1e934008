package dev.jtask.autoscaler;

/// What people say beside the figures.
///
/// @param paused whether the pool keeps its size, whatever is needed
/// @param activation messages up to which an empty pool without a floor stays empty
/// @param range floors and ceilings of this hour
public record Directives(boolean paused, long activation, Range range) {

    public static final Directives NONE = new Directives(false, 0, Range.of(0, Integer.MAX_VALUE));
}
