package dev.jtask.operator.secret;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jtask.operator.fake.FakeSecrets;
import dev.jtask.operator.fake.SettableClock;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SecretsTest {

    private final SettableClock clock = new SettableClock(Instant.EPOCH);
    private final FakeSecrets source = new FakeSecrets().usable();
    private final Secrets secrets =
            new Secrets(source, BrokerHosts.ANY, ShortHosts.AS_THEY_ARE, Duration.ofSeconds(30), clock);

    @Test
    void readsAUsableSecretOnceInAWhile() {
        assertThat(secrets.read("default", "rabbitmq")).isEqualTo(FakeSecrets.USABLE);
        clock.forward(Duration.ofMillis(29_999));
        secrets.read("default", "rabbitmq");
        assertThat(source.reads()).isEqualTo(1);

        clock.forward(Duration.ofMillis(1));
        secrets.read("default", "rabbitmq");
        assertThat(source.reads()).isEqualTo(2);
    }

    @Test
    void whileOneReadsTheOthersGoOnWithWhatWasReadBefore() {
        var reads = new AtomicInteger();
        var busy = new Secrets[] {secrets};
        busy[0] = new Secrets(
                (namespace, name) -> {
                    if (reads.incrementAndGet() == 2) {
                        assertThat(busy[0].read(namespace, name)).isEqualTo(FakeSecrets.USABLE);
                    }
                    return source.get(namespace, name);
                },
                BrokerHosts.ANY,
                ShortHosts.AS_THEY_ARE,
                Duration.ofSeconds(30),
                clock);
        busy[0].read("default", "rabbitmq");
        clock.forward(Duration.ofSeconds(30));

        assertThat(busy[0].read("default", "rabbitmq")).isEqualTo(FakeSecrets.USABLE);
        assertThat(reads).hasValue(2);
    }

    @Test
    void takesNothingApartThatIsStillTheSame() {
        var first = secrets.readAgain("default", "rabbitmq");
        assertThat(secrets.readAgain("default", "rabbitmq")).isSameAs(first);

        source.put("rabbitmq", "amqp://u:new@rabbit.test/");
        assertThat(secrets.readAgain("default", "rabbitmq")).isNotEqualTo(first);
    }

    @Test
    void readsItAgainWhereTheClockIsPutBack() {
        secrets.read("default", "rabbitmq");
        clock.forward(Duration.ofHours(-1));
        secrets.read("default", "rabbitmq");

        assertThat(source.reads()).isEqualTo(2);
    }

    @Test
    void readsOneThatIsOfNoUseEveryTime() {
        assertThat(secrets.read("default", "absent")).isInstanceOf(SecretReading.Missing.class);
        secrets.read("default", "absent");

        assertThat(source.reads()).isEqualTo(2);
    }

    @Test
    void oneThatNamesAHostWhichIsNotAllowedIsOfNoUse() {
        var strict = naming("*.svc");

        assertThat(strict.read("default", "rabbitmq"))
                .isInstanceOfSatisfying(
                        SecretReading.Invalid.class,
                        invalid -> assertThat(invalid.message())
                                .contains("Secret rabbitmq", "rabbit.test", "JTASK_OPERATOR_BROKER_HOSTS"));
        assertThat(naming("*.test").read("default", "rabbitmq")).isEqualTo(FakeSecrets.USABLE);
    }

    private Secrets naming(String host) {
        return new Secrets(
                source, BrokerHosts.of(List.of(host)), ShortHosts.AS_THEY_ARE, Duration.ofSeconds(30), clock);
    }

    /// A Service of the pool's namespace to the pool's pods: here it would be none, or somebody else's.
    @Test
    void aHostOfOneWordIsOfTheNamespaceOfItsPool() {
        source.put("rabbitmq", "amqp://u:p@rabbitmq/");
        var elsewhere = seenFromJtask("*.svc");

        var shop = usable(elsewhere, "shop");

        assertThat(shop.access().management()).isEqualTo("http://rabbitmq.shop.svc:15672");
        assertThat(shop.amqp()).hasToString("[amqp://rabbitmq.shop.svc:5672]");
        assertThat(usable(elsewhere, "billing").access())
                .as("another broker, of the same login")
                .isNotEqualTo(shop.access());
        assertThat(shop.version()).isEqualTo(usable(secrets, "shop").version());
        assertThat(usable(secrets, "shop").access().management()).isEqualTo("http://rabbitmq:15672");
        assertThat(usable(seenFromJtask("rabbitmq"), "jtask").access().management())
                .isEqualTo("http://rabbitmq:15672");
        assertThat(seenFromJtask("rabbitmq").read("shop", "rabbitmq"))
                .isInstanceOfSatisfying(
                        SecretReading.Invalid.class,
                        invalid -> assertThat(invalid.message()).contains("rabbitmq.shop.svc"));
    }

    private Secrets seenFromJtask(String allowed) {
        return new Secrets(
                source, BrokerHosts.of(List.of(allowed)), ShortHosts.seenFrom("jtask"), Duration.ofSeconds(30), clock);
    }

    private static BrokerSecret usable(Secrets secrets, String namespace) {
        return ((SecretReading.Usable) secrets.read(namespace, "rabbitmq")).secret();
    }

    @Test
    void forgetsWhatWasUsableOnceItIsNot() {
        secrets.read("default", "rabbitmq");
        source.remove("rabbitmq");
        assertThat(secrets.read("default", "rabbitmq")).isEqualTo(FakeSecrets.USABLE);

        assertThat(secrets.readAgain("default", "rabbitmq")).isInstanceOf(SecretReading.Missing.class);
        assertThat(secrets.read("default", "rabbitmq")).isInstanceOf(SecretReading.Missing.class);
    }

    @Test
    void whatWasReadHoldsWhileKubernetesDoesNotAnswer() {
        source.usable();
        var usable = secrets.read("default", "rabbitmq");
        source.failWith(new KubernetesClientException("timeout", 0, null));
        clock.forward(Duration.ofMinutes(5));

        assertThat(secrets.read("default", "rabbitmq")).isEqualTo(usable);
        assertThat(secrets.read("default", "other")).isInstanceOf(SecretReading.Unreadable.class);
    }

    @Test
    void aForbiddenSecretIsToldWithTheFix() {
        source.usable();
        secrets.read("default", "rabbitmq");
        source.failWith(new KubernetesClientException("no", 403, null));

        assertThat(secrets.readAgain("default", "rabbitmq"))
                .isInstanceOfSatisfying(
                        SecretReading.Unreadable.class,
                        reading -> assertThat(reading.message())
                                .contains("Secret rabbitmq in namespace default", "verb get on secrets"));
    }

    @Test
    void aForbiddenSecretIsForbiddenToWhoeverAsksNext() {
        secrets.read("default", "rabbitmq");
        source.failWith(new KubernetesClientException("no", 403, null));
        clock.forward(Duration.ofSeconds(31));

        assertThat(secrets.read("default", "rabbitmq")).isInstanceOf(SecretReading.Unreadable.class);
        assertThat(secrets.read("default", "rabbitmq")).isInstanceOf(SecretReading.Unreadable.class);
    }

    @Test
    void whatWasReadDoesNotHoldForEverThoughSomebodyAsksAllTheTime() {
        var usable = secrets.read("default", "rabbitmq");
        source.failWith(new KubernetesClientException("timeout", 0, null));
        for (var minute = 0; minute < 10; minute++) {
            clock.forward(Duration.ofMinutes(1));
            assertThat(secrets.read("default", "rabbitmq")).isEqualTo(usable);
        }

        clock.forward(Duration.ofMinutes(1));
        assertThat(secrets.read("default", "rabbitmq")).isInstanceOf(SecretReading.Unreadable.class);
    }

    @Test
    void anAnswerThatWasLongOnItsWayOverrulesNoneThatWasAskedForLater() {
        source.put("rabbitmq", "amqp://u:old@rabbit.test/");
        var both = overtaken(source::usable);

        assertThat(both.readAgain("default", "rabbitmq")).isEqualTo(FakeSecrets.USABLE);
        assertThat(both.read("default", "rabbitmq")).isEqualTo(FakeSecrets.USABLE);
    }

    @Test
    void thatThereWasNoneIsNotTrueOfOneThatWasFoundSince() {
        source.remove("rabbitmq");
        var both = overtaken(source::usable);

        assertThat(both.readAgain("default", "rabbitmq")).isEqualTo(FakeSecrets.USABLE);
        assertThat(both.read("default", "rabbitmq")).isEqualTo(FakeSecrets.USABLE);
    }

    @Test
    void whatWasUsableIsNotOnceItWasFoundToBeGone() {
        var both = overtaken(() -> source.remove("rabbitmq"));

        assertThat(both.readAgain("default", "rabbitmq")).isInstanceOf(SecretReading.Missing.class);
        assertThat(both.read("default", "rabbitmq")).isInstanceOf(SecretReading.Missing.class);
    }

    /// While the first answer is on its way the Secret changes, and another reads it.
    private Secrets overtaken(Runnable change) {
        var reads = new AtomicInteger();
        var both = new Secrets[1];
        both[0] = new Secrets(
                (namespace, name) -> {
                    var answer = source.get(namespace, name);
                    if (reads.incrementAndGet() == 1) {
                        change.run();
                        both[0].readAgain(namespace, name);
                    }
                    return answer;
                },
                BrokerHosts.ANY,
                ShortHosts.AS_THEY_ARE,
                Duration.ofSeconds(30),
                clock);
        return both[0];
    }
}
