package dev.jtask.quarkus;

import dev.jtask.broker.AfterCommit.Send;
import dev.jtask.broker.Outgoing;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// Tells what becomes of it.
record NamedSend(String what, List<String> said) implements Send {

    @Override
    public CompletableFuture<?> send() {
        said.add("sent " + what);
        return CompletableFuture.completedFuture(what);
    }

    @Override
    public CompletableFuture<?> send(Outgoing way) {
        return send();
    }

    @Override
    public void drop() {
        said.add("dropped " + what);
    }
}
