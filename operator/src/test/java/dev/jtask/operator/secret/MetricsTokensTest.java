package dev.jtask.operator.secret;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jtask.operator.fake.FakeSecrets;
import dev.jtask.operator.fake.SettableClock;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MetricsTokensTest {

    private static final Duration WHILE = Duration.ofSeconds(30);

    private final SettableClock clock = new SettableClock(Instant.EPOCH);
    private final FakeSecrets source = new FakeSecrets();
    private final MetricsTokens tokens = new MetricsTokens(source, WHILE, clock);

    @Test
    void readsOneKeyOfOneSecretOnceInAWhile() {
        source.put("metrics", MetricsTokens.KEY, "one\n");
        assertThat(tokens.known("shop", "metrics")).as("nobody has looked").isEmpty();

        look();
        look();
        assertThat(tokens.known("shop", "metrics")).containsExactly("one");
        assertThat(tokens.known("other", "metrics")).isEmpty();
        assertThat(source.reads()).isEqualTo(1);
    }

    @Test
    void afterARotationTheFormerOneIsKnownAsWell() {
        source.put("metrics", MetricsTokens.KEY, "one");
        look();
        source.put("metrics", MetricsTokens.KEY, "two");
        lookLater();
        lookLater();
        assertThat(tokens.known("shop", "metrics")).containsExactly("two", "one");

        source.put("metrics", MetricsTokens.KEY, "three");
        lookLater();
        assertThat(tokens.known("shop", "metrics")).containsExactly("three", "two");
    }

    @Test
    void whatWasReadHoldsWhileTheSecretCannotBeRead() {
        source.put("metrics", MetricsTokens.KEY, "one");
        look();
        source.failWith(new KubernetesClientException("timeout", 0, null));
        lookLater();
        assertThat(tokens.known("shop", "metrics")).containsExactly("one");

        source.failWith(null);
        source.remove("metrics");
        look();
        assertThat(tokens.known("shop", "metrics"))
                .as("pods have it for a while")
                .containsExactly("one");
    }

    /// Of a hundred Secrets that a Role forbids that would be twenty lines a second.
    @Test
    void oneThatMayNotBeReadIsAskedForOnceInAWhileAndToldOnce() {
        source.put("metrics", MetricsTokens.KEY, "one");
        source.failWith(new KubernetesClientException("forbidden", 403, null));
        var lines = new CopyOnWriteArrayList<LogRecord>();
        var log = new Handler() {
            @Override
            public void publish(LogRecord line) {
                lines.add(line);
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        var logger = Logger.getLogger(MetricsTokens.class.getName());
        logger.addHandler(log);
        try {
            for (var passed = Duration.ZERO; passed.toMinutes() < 2; passed = passed.plusSeconds(5)) {
                if (!tokens.isFresh("shop", "metrics")) {
                    look();
                }
                clock.forward(Duration.ofSeconds(5));
            }
        } finally {
            logger.removeHandler(log);
        }

        assertThat(source.reads()).isEqualTo(4);
        assertThat(lines).hasSize(1);

        source.failWith(null);
        lookLater();
        assertThat(tokens.known("shop", "metrics")).containsExactly("one");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "two words", "a\r\nX-Evil: b", "geheim\u00fc"})
    void whatNoHeaderCanSayIsNoToken(String text) {
        source.put("metrics", MetricsTokens.KEY, text);
        look();

        assertThat(tokens.known("shop", "metrics")).isEmpty();
    }

    @Test
    void whatWasMissingIsNotSaidToBeSoWhileNobodyMayRead() {
        look();
        assertThat(tokens.isMissing("shop", "metrics")).isTrue();

        source.failWith(new KubernetesClientException("forbidden", 403, null));
        clock.forward(WHILE);
        look();

        assertThat(tokens.isMissing("shop", "metrics")).isFalse();
        assertThat(tokens.isFresh("shop", "metrics")).isTrue();
    }

    @Test
    void noOtherKeyIsRead() {
        source.put("metrics", "token", "one");
        look();

        assertThat(tokens.known("shop", "metrics")).isEmpty();
    }

    @Test
    void anAnswerThatWasLongOnItsWayOverrulesNoneThatWasAskedForLater() {
        source.put("metrics", MetricsTokens.KEY, "one");
        var reads = new AtomicInteger();
        var both = new MetricsTokens[1];
        both[0] = new MetricsTokens(
                (namespace, name) -> {
                    var answer = source.get(namespace, name);
                    if (reads.incrementAndGet() == 2) {
                        source.put("metrics", MetricsTokens.KEY, "two");
                        both[0].look(namespace, name);
                    }
                    return answer;
                },
                WHILE,
                clock);
        both[0].look("shop", "metrics");
        clock.forward(WHILE);
        both[0].look("shop", "metrics");

        assertThat(reads).hasValue(3);
        assertThat(both[0].known("shop", "metrics")).containsExactly("two", "one");
    }

    @Test
    void thatThereWasNoSecretKeepsNoPodFromOneThatWasFoundSince() {
        var reads = new AtomicInteger();
        var both = new MetricsTokens[1];
        both[0] = new MetricsTokens(
                (namespace, name) -> {
                    var answer = source.get(namespace, name);
                    if (reads.incrementAndGet() == 1) {
                        source.put("metrics", MetricsTokens.KEY, "one");
                        both[0].look(namespace, name);
                    }
                    return answer;
                },
                WHILE,
                clock);

        assertThat(both[0].look("shop", "metrics")).isEmpty();
        assertThat(both[0].known("shop", "metrics")).containsExactly("one");
    }

    private void look() {
        tokens.look("shop", "metrics");
    }

    private void lookLater() {
        clock.forward(WHILE);
        look();
    }
}
