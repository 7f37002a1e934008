package dev.jtask.worker.settle;

import dev.jtask.worker.run.Delivery;

/// The ending of a message that is no task and has ended its workers: given back, it would be read once more.
final class DeadlySettlement extends Settlement {

    DeadlySettlement(Settler settler, Delivery delivery, Ending ending) {
        super(settler, delivery, ending);
    }

    @Override
    boolean waitsForLetter() {
        return true;
    }
}
