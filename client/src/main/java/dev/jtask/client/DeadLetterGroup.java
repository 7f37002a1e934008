package dev.jtask.client;

import java.util.List;
import java.util.function.Predicate;

/// Letters that lie there for one reason; as a condition it holds for all of them, also for those that come later.
///
/// @param task its name; empty when the messages are no tasks
/// @param exceptionType the class of what was thrown; empty when nothing was
/// @param count how many there were when it was looked
public record DeadLetterGroup(String reason, String task, String exceptionType, int count)
        implements Predicate<DeadLetter> {

    List<String> kind() {
        return List.of(reason, task, exceptionType);
    }

    static DeadLetterGroup of(DeadLetter letter) {
        return new DeadLetterGroup(letter.reason(), letter.task(), letter.exceptionType(), 1);
    }

    DeadLetterGroup and(DeadLetterGroup more) {
        return new DeadLetterGroup(reason, task, exceptionType, count + more.count);
    }

    @Override
    public boolean test(DeadLetter letter) {
        return of(letter).kind().equals(kind());
    }
}
