package dev.jtask.broker;

import org.jspecify.annotations.Nullable;

/// The broker did not say that it has the message: it may be in the queue, and sending it again may double it.
public final class PublishNotConfirmedException extends PublishException {

    private final Word word;

    private enum Word {
        NONE,
        NO
    }

    PublishNotConfirmedException(String to, String cause) {
        this(to, cause, Word.NONE);
    }

    private PublishNotConfirmedException(String to, String cause, Word word) {
        super("publishing to '%s' was not confirmed: %s".formatted(to, cause));
        this.word = word;
    }

    PublishNotConfirmedException(String to, @Nullable String what, @Nullable Throwable cause) {
        super("publishing to '%s' was not confirmed: %s".formatted(to, what), cause);
        this.word = Word.NONE;
    }

    private PublishNotConfirmedException(PublishNotConfirmedException there) {
        super(there);
        this.word = there.word;
    }

    static PublishNotConfirmedException nacked(String to) {
        return new PublishNotConfirmedException(to, "the broker refused it, the queue may be full", Word.NO);
    }

    /// Whether the broker said that it does not take it at the moment, as for a queue that is full: it has nothing.
    public boolean isNacked() {
        return word == Word.NO;
    }

    @Override
    PublishException here() {
        return new PublishNotConfirmedException(this);
    }
}
