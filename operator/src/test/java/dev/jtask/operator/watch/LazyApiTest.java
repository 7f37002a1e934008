package dev.jtask.operator.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jtask.operator.fake.FakeBroker;
import dev.jtask.operator.fake.FakeSecrets;
import dev.jtask.operator.management.ManagementApi;
import dev.jtask.operator.management.ManagementException;
import java.util.ArrayList;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LazyApiTest {

    @Test
    void opensOnTheFirstCallAndOnlyOnce() {
        var opened = new ArrayList<String>();
        var broker = new FakeBroker();
        var api = new LazyApi(FakeSecrets.USABLE.secret().access(), access -> {
            opened.add(access.doors().getFirst().vhost());
            return broker;
        });
        assertThat(opened).isEmpty();

        api.read(Set.of("q"));
        api.read(Set.of("q"));

        assertThat(opened).containsExactly("/");
    }

    @Test
    void triesToOpenAgainAfterAFailure() {
        var attempts = new ArrayList<ManagementApi>();
        var api = new LazyApi(FakeSecrets.USABLE.secret().access(), access -> {
            attempts.add(new FakeBroker());
            if (attempts.size() == 1) {
                throw new ManagementException(ManagementException.Fault.CREDENTIALS, "no PEM");
            }
            return attempts.getLast();
        });

        assertThatThrownBy(() -> api.read(Set.of("q"))).hasMessage("no PEM");
        assertThat(api.read(Set.of("q"))).isEmpty();
    }
}
