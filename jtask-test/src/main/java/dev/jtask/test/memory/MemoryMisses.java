package dev.jtask.test.memory;

import dev.jtask.worker.run.Delivery;
import dev.jtask.worker.settle.Addressee;
import dev.jtask.worker.settle.Misses;

/// What is no task is a dead letter that the test can see; no result gets lost on its way.
final class MemoryMisses implements Misses {

    @Override
    public void malformed(Delivery delivery) {}

    @Override
    public void unroutable(Addressee to) {}

    @Override
    public void givenUp(Addressee to, String why) {}
}
