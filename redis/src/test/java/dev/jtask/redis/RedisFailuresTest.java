package dev.jtask.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jtask.backend.StoreRefusedException;
import dev.jtask.backend.StoreUnavailableException;
import dev.jtask.tls.TlsFiles;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisConnectionException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathBuilderException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedisFailuresTest {

    private static final RedisAddress SHOP = RedisAddress.of("redis://:hunter2@shop/0");

    private final RedisFailures failures = new RedisFailures(SHOP, TlsFiles.NONE);

    @Test
    void namesTheServerAndTheInnermostCause() {
        assertThat(connecting(new ConnectException("Connection refused")))
                .isEqualTo("result backend redis://shop:6379/0 cannot be reached: Connection refused; is it up?");
        assertThat(connecting(new IOException((String) null))).contains("cannot be reached: IOException; is it up?");
        assertThat(connecting(new CancellationException())).contains("was closed before it answered");
    }

    @Test
    void tellsAnUnknownHostAndAnUntrustedServerFromOneThatIsAway() {
        var unknown = new UnknownHostException("shop");
        unknown.initCause(new IOException("NXDOMAIN"));
        assertThat(connecting(unknown)).endsWith("has a host that nobody knows; is it right?");
        assertThat(connecting(new SSLHandshakeException("no cipher in common"))).contains("is not trusted: no cipher");
        assertThat(connecting(new GeneralSecurityException("expired"))).endsWith("is not trusted: expired");
    }

    @Test
    void namesTheOptionThatAnUntrustedServersAuthorityBelongsIn() {
        var distrust = new CertPathBuilderException("unable to find valid certification path");
        assertThat(connecting(distrust))
                .endsWith(
                        "certification path; none of the JVM's authorities vouches for it; give the one that does in tls(ca, …)");

        var given = new TlsFiles(Path.of("/etc/ca.crt"), null, null).withCaIn("JTASK_TLS_CA");
        assertThat(new RedisFailures(SHOP, given).explained(distrust))
                .hasMessageEndingWith("no authority in the file of JTASK_TLS_CA vouches for it; add the one that does");
    }

    @Test
    void givesUpOnlyWhatSurelyStaysWrong() {
        assertThat(failures.explained(new RedisCommandExecutionException("WRONGTYPE Operation against a key")))
                .isInstanceOf(StoreRefusedException.class);
        assertThat(failures.explained(new RedisCommandExecutionException("ERR Protocol error: invalid bulk length")))
                .isInstanceOf(StoreRefusedException.class);
        for (var answer : new String[] {
            "ERR Protocol error: unauthenticated bulk length",
            "OOM command not allowed",
            "LOADING Redis is loading",
            "ERR max clients",
            "NOAUTH"
        }) {
            assertThat(failures.explained(new RedisCommandExecutionException(answer)))
                    .isInstanceOf(StoreUnavailableException.class)
                    .hasMessageContaining(answer);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ERR user_script:13: attempt to perform arithmetic on a nil value script: 5f, on @user_script:13.",
                "ERR Error running script (call to f_5f): @user_script:7: WRONGTYPE Operation against a key",
                "WRONGTYPE Operation against a key holding the wrong kind of value script: 5f, on @user_script:7.",
            })
    void givesUpWhatAScriptCannotRead(String answer) {
        assertThat(failures.explained(new RedisCommandExecutionException(answer)))
                .isInstanceOf(StoreRefusedException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "READONLY You can't write against a read only replica. script: 5f, on @user_script:7.",
                "ERR Error running script (call to f_5f): @user_script:7: -READONLY You can't write",
                "ERR Error running script (call to f_5f): @user_script:7: -OOM command not allowed",
                "ERR Error running script (call to f_5f): @user_script:7: @user_script: 7: The user executing the script can't run this command",
                "NOPERM The user executing the script can't access at least one of the keys script: 5f, on @user_script:7.",
                "BUSY Redis is busy running a script",
            })
    void waitsForWhatPassesThoughAScriptIsTold(String answer) {
        assertThat(failures.explained(new RedisCommandExecutionException(answer)))
                .isInstanceOf(StoreUnavailableException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "READONLY You can't write against a read only replica.",
                "READONLY You can't write against a read only replica. script: 5f, on @user_script:7.",
                "ERR Error running script (call to f_5f): @user_script:7: -READONLY You can't write",
                "MASTERDOWN Link with MASTER is down and replica-serve-stale-data is set to 'no'.",
                "CLUSTERDOWN The cluster is down",
                "MOVED 3999 127.0.0.1:6381",
                "NOREPLICAS Not enough good replicas to write.",
            })
    void tellsWhichAnswersMeanAnotherServer(String answer) {
        var failure = new CompletionException(new RedisCommandExecutionException(answer));
        assertThat(RedisFailures.isElsewhere(failure)).isTrue();
        assertThat(failures.explained(failure))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageEndingWith(answer + "; the URI has to lead to the primary");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "LOADING Redis is loading the dataset in memory",
                "MISCONF Redis is configured to save RDB snapshots",
                "OOM command not allowed",
                "BUSY Redis is busy running a script",
                "TRYAGAIN Multiple keys request during rehashing of slot",
                "WRONGTYPE Operation against a key of READONLY",
                "NOPERM this user has no permissions to run the 'set' command",
            })
    void andWhichItsOwnTrouble(String answer) {
        assertThat(RedisFailures.isElsewhere(new RedisCommandExecutionException(answer)))
                .isFalse();
        assertThat(RedisFailures.isElsewhere(new RedisConnectionException("READONLY")))
                .isFalse();
    }

    @Test
    void passesOnWhatIsExplainedAlready() {
        var known = new StoreRefusedException("known", new IOException("inside"));

        assertThat(failures.explained(new CompletionException(known))).isSameAs(known);
    }

    private String connecting(Exception cause) {
        var failure = failures.explained(
                new CompletionException(new RedisConnectionException("Unable to connect to shop", cause)));
        assertThat(failure).isInstanceOf(StoreUnavailableException.class);
        return String.valueOf(failure.getMessage());
    }
}
