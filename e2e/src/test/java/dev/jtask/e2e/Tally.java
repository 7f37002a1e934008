package dev.jtask.e2e;

/// What became of the tasks of a [Load].
///
/// @param sent confirmed by the broker
/// @param succeeded of these
/// @param again successes of tasks that had succeeded before
/// @param unsure not confirmed, so that they may have been sent
record Tally(int sent, int succeeded, int again, int unsure) {

    int lost() {
        return sent - succeeded;
    }
}
