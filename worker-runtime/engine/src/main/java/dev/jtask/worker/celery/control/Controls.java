package dev.jtask.worker.celery.control;

import dev.jtask.worker.celery.events.EventSwitch;

/// What remote control can see and change of a worker.
public record Controls(
        QueueControl queues, TaskControl tasks, LimitControl limits, LifeControl life, EventSwitch events) {}
