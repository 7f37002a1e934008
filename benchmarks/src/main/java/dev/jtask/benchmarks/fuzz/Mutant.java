package dev.jtask.benchmarks.fuzz;

import com.rabbitmq.client.AMQP.BasicProperties;

/// One message of the fuzz.
///
/// @param key its message id and, where it may have one, its header and its task's id
/// @param kind what is wrong with it; `good` when nothing is
@SuppressWarnings("ArrayRecordComponent") // never compared
record Mutant(String key, String kind, BasicProperties properties, byte[] body) {

    static final String GOOD = "good";

    boolean isGood() {
        return kind.equals(GOOD);
    }
}
