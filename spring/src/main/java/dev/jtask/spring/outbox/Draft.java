package dev.jtask.spring.outbox;

import dev.jtask.broker.Parcel;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What is to be written to the table: a message, and when it is to be there. How it waits until then is decided when
/// it is published, since nobody knows before how long it lies here, and whether the broker has delays.
///
/// @param due null for at once
record Draft(Parcel parcel, @Nullable Instant due) {

    static Draft of(Parcel parcel) {
        return new Draft(parcel, null);
    }
}
