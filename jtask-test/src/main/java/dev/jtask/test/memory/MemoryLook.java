package dev.jtask.test.memory;

import dev.jtask.client.Letters;
import dev.jtask.protocol.message.WireMessage;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A look at the messages that lay in a queue when it began; it hides none of them.
final class MemoryLook implements Letters.Look {

    private final Deque<MemoryBroker.Message> left;
    private final Consumer<MemoryBroker.Message> remove;
    private MemoryBroker.@Nullable Message last;

    MemoryLook(Collection<MemoryBroker.Message> messages, Consumer<MemoryBroker.Message> remove) {
        this.left = new ArrayDeque<>(messages);
        this.remove = remove;
    }

    @Override
    public Optional<WireMessage> next() {
        last = left.pollFirst();
        return Optional.ofNullable(last).map(MemoryBroker.Message::wire);
    }

    @Override
    public void gone() {
        var taken = last;
        if (taken != null) {
            remove.accept(taken);
        }
    }

    @Override
    public void close() {
        left.clear();
    }
}
