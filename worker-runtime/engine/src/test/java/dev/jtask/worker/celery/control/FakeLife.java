package dev.jtask.worker.celery.control;

/// A worker that is only a number of slots.
final class FakeLife implements LifeControl {

    int slots = 4;
    int ends;

    @Override
    public Vitals vitals() {
        return new Vitals(slots, 1, 2 * slots);
    }

    @Override
    public void resize(int number) {
        slots = number;
    }

    @Override
    public void shutDown() {
        ends++;
    }
}
