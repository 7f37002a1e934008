package dev.jtask.operator.management;

/// What became of asking a broker to delete a queue only if that loses nothing.
public enum QueueDeletion {

    /// It is gone, perhaps since before.
    DONE,

    /// It holds messages or has consumers by the broker's own word at that moment.
    IN_USE,

    /// The broker has no such delete for a queue of this type: it would delete whatever the queue holds.
    UNSUPPORTED
}
