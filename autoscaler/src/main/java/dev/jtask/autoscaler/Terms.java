package dev.jtask.autoscaler;

/// What a decision was computed from; zero where a sample said nothing.
///
/// @param arrivalRate messages per second
/// @param busySeconds how long one task keeps a slot busy
/// @param learned whether that was observed; until then one second is assumed
/// @param backlog messages that wait
/// @param inFlight slots that are busy
/// @param startupSeconds from a pod's creation to its first task
/// @param arrivalTerm slots for the arriving messages
/// @param backlogTerm slots for the waiting ones
public record Terms(
        double arrivalRate,
        double busySeconds,
        boolean learned,
        long backlog,
        long inFlight,
        double startupSeconds,
        double arrivalTerm,
        double backlogTerm) {

    /// Where nothing was computed.
    public static final Terms NONE = new Terms(0, 0, false, 0, 0, 0, 0, 0);
}
