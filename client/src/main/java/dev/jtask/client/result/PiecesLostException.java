package dev.jtask.client.result;

/// Not all pieces of a task came to their reader. Its result comes all the same.
public final class PiecesLostException extends RuntimeException {

    PiecesLostException(String id, String what, String why) {
        super("%s of task %s: %s; its result is not lost by that, get(…) has it".formatted(what, id, why));
    }
}
