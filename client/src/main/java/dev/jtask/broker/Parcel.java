package dev.jtask.broker;

import dev.jtask.protocol.message.Route;
import dev.jtask.protocol.message.WireMessage;
import dev.jtask.protocol.topology.DelayTopology;
import java.time.Duration;

/// A message with its destination, and what the sender makes sure of before the first message that goes there.
public record Parcel(Route route, WireMessage message, Upkeep upkeep) {

    /// What has to be there, and who sees to it.
    public enum Upkeep {
        /// Nothing is looked at: who receives has declared the queue, or is gone.
        NONE,
        /// A task's queue, declared as Celery does when it is missing; an exchange is only looked for, since nobody
        /// here knows its type.
        TASKS,
        /// A queue of our own, such as one for dead letters: durable and without a binding.
        PLAIN,
        /// The topology of delays, and the queue's binding to its exit.
        DELAYED
    }

    /// As it is, to a queue that its reader has declared.
    public static Parcel reply(String queue, WireMessage message) {
        return new Parcel(Route.toQueue(queue), message, Upkeep.NONE);
    }

    /// To a queue of ours, which is declared when it is missing.
    public static Parcel plain(String queue, WireMessage message) {
        return new Parcel(Route.toQueue(queue), message, Upkeep.PLAIN);
    }

    /// To a queue or an exchange for tasks.
    public static Parcel tasks(Route route, WireMessage message) {
        return new Parcel(route, message, Upkeep.TASKS);
    }

    /// To a queue, after it has waited in the broker.
    ///
    /// @param delay a second or more; counted in whole seconds
    public static Parcel delayed(String queue, WireMessage message, Duration delay) {
        // the time to live belongs to the queue in which it waits for a worker; the expires header still holds
        var waiting = new WireMessage(message.properties().withExpiration(null), message.body());
        return new Parcel(DelayTopology.route(queue, delay), waiting, Upkeep.DELAYED);
    }

    /// The same to its queue, after it has waited in the broker.
    ///
    /// @param delay as of [#delayed(String, WireMessage, Duration)]
    /// @throws PublishRefusedException when nothing can wait for a queue of this name
    public Parcel delayed(Duration delay) {
        try {
            return delayed(route.routingKey(), message, delay);
        } catch (IllegalArgumentException e) {
            throw new PublishRefusedException(route.name(), e.getMessage(), e);
        }
    }

    /// The same where so much of its delay is over.
    Parcel after(Duration waited) {
        return upkeep != Upkeep.DELAYED || waited.toSeconds() < 1
                ? this
                : delayed(
                        queue(),
                        message,
                        DelayTopology.delay(route.routingKey()).minus(waited));
    }

    /// The queue at the end of the way; empty where only an exchange knows it.
    public String queue() {
        return switch (upkeep) {
            case DELAYED -> DelayTopology.queue(route.routingKey());
            case NONE, TASKS, PLAIN -> route.isQueue() ? route.routingKey() : "";
        };
    }
}
