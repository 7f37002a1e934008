package dev.jtask.redis;

import dev.jtask.backend.StoreException;
import dev.jtask.backend.StoreRefusedException;
import dev.jtask.backend.StoreUnavailableException;
import dev.jtask.tls.TlsFiles;
import io.lettuce.core.RedisCommandExecutionException;
import java.net.UnknownHostException;
import java.security.GeneralSecurityException;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/// What went wrong, in sentences that name the server and never its credentials. Only what surely stays wrong counts as
/// refused: a result is not given up for a server that is short of memory or loads its data.
///
/// @param tls whom the server must be vouched for by, where it speaks TLS
record RedisFailures(RedisAddress address, TlsFiles tls) {

    private static final Set<String> LOGIN = Set.of("NOAUTH", "WRONGPASS", "NOPERM");

    /// What a script may be told too, and what passes on the same connection. Who loads its data is the primary
    /// soon, or says next that it is not.
    private static final Set<String> PASSING = Set.of("OOM", "MISCONF", "LOADING", "BUSY", "TRYAGAIN", "ASK");

    /// Said by a server that is demoted, or cut off from its own kind, as the old primary is after a fail-over:
    /// only a connection that is opened anew leads to the new one.
    private static final Set<String> ELSEWHERE = Set.of("READONLY", "MASTERDOWN", "CLUSTERDOWN", "MOVED", "NOREPLICAS");

    /// The JDK's words for what the other side says.
    private static final String ALERT = "Received fatal alert";

    /// A login that may not do it, as Redis before 7 tells a script.
    private static final String FORBIDDEN = "The user executing the script";

    /// What begins an answer to a script before Redis 7.
    private static final String SCRIPT = "ERR Error running script";

    private static final Pattern NO_WORD = Pattern.compile("[^A-Z]+");

    <T extends @Nullable Object> CompletableFuture<T> explained(CompletableFuture<T> future) {
        return future.exceptionallyCompose(failure -> CompletableFuture.failedFuture(explained(failure)));
    }

    StoreException explained(Throwable failure) {
        var cause = root(failure);
        if (cause instanceof StoreException known) {
            return known;
        }
        if (cause instanceof RedisCommandExecutionException) {
            return answered(String.valueOf(cause.getMessage()), cause);
        }
        if (cause instanceof CancellationException) {
            return new StoreUnavailableException(sentence("was closed before it answered"), cause);
        }
        if (cause instanceof UnknownHostException) {
            return new StoreUnavailableException(sentence("has a host that nobody knows; is it right?"), cause);
        }
        var reason = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        if (cause instanceof GeneralSecurityException || cause instanceof SSLException) {
            var who = reason.contains(ALERT) ? "does not let us in: " : "is not trusted: ";
            return new StoreUnavailableException(sentence(who + reason + remedy(failure)), cause);
        }
        return new StoreUnavailableException(
                sentence("cannot be reached: %s; is it up?".formatted(reason))
                        + (address.tls() == null ? "" : remedy(failure)),
                cause);
    }

    private String remedy(Throwable failure) {
        return tls.remedy(failure).map(what -> "; " + what).orElse("");
    }

    /// Whether another server may be the one to ask by now, where this one answers.
    static boolean isElsewhere(Throwable failure) {
        var cause = root(failure);
        if (!(cause instanceof RedisCommandExecutionException)) {
            return false;
        }
        var answer = String.valueOf(cause.getMessage());
        return ELSEWHERE.contains(first(answer))
                || (answer.startsWith(SCRIPT) && words(answer).anyMatch(ELSEWHERE::contains));
    }

    private StoreException answered(String answer, Throwable cause) {
        var word = first(answer);
        if (LOGIN.contains(word)) {
            return new StoreUnavailableException(
                    sentence("does not let us in: %s; correct user, password or permissions".formatted(answer)), cause);
        }
        return word.equals("WRONGTYPE") || isTooLarge(answer) || isScripts(word, answer)
                ? new StoreRefusedException(sentence("refuses: " + answer), cause)
                : new StoreUnavailableException(
                        sentence("answers: " + answer
                                + (isElsewhere(cause) ? "; the URI has to lead to the primary" : "")),
                        cause);
    }

    /// A server ends the connection after the second one; a login that is not there yet is not the value's fault.
    private static boolean isTooLarge(String answer) {
        return answer.startsWith("ERR string exceeds")
                || (answer.startsWith("ERR Protocol error") && !answer.contains("unauthenticated"));
    }

    /// A script that cannot read what is kept there, and could not the next time.
    private static boolean isScripts(String word, String answer) {
        return word.equals("ERR")
                && (answer.contains("user_script") || answer.startsWith(SCRIPT))
                && !answer.contains(FORBIDDEN)
                && words(answer)
                        .noneMatch(each -> PASSING.contains(each) || ELSEWHERE.contains(each) || LOGIN.contains(each));
    }

    private static String first(String answer) {
        return answer.replaceFirst(" .*", "");
    }

    private static Stream<String> words(String answer) {
        return NO_WORD.splitAsStream(answer);
    }

    private String sentence(String what) {
        return "result backend %s %s".formatted(address, what);
    }

    private static Throwable root(Throwable failure) {
        var cause = failure;
        while (cause.getCause() != null
                && !(cause instanceof StoreException || cause instanceof UnknownHostException)) {
            cause = cause.getCause();
        }
        return cause;
    }
}
