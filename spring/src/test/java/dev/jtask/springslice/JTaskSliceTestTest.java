package dev.jtask.springslice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jtask.client.TaskClient;
import dev.jtask.spring.JTaskSliceTest;
import dev.jtask.test.JTask;
import dev.jtask.test.JTaskTest.Results;
import java.time.Duration;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.test.context.TestPropertySource;

/// Of the bakery, on Spring Boot 3.5 and JUnit 5, without a broker.
@JTaskSliceTest
@TestPropertySource(properties = {"jtask.queue=bakery", "bakery.mill=mill", "jtask.worker.routes=till.*=tills"})
class JTaskSliceTestTest {

    /// Stands in for what the beans need.
    static final class Cold implements Bakery.Oven {

        private boolean warm;

        @Override
        public String bake(String what) {
            if (!warm) {
                throw new IllegalStateException("cold");
            }
            return "warm " + what;
        }
    }

    @TestConfiguration(proxyBeanMethods = false)
    static class Ovens {
        @Bean
        Cold oven() {
            return new Cold();
        }
    }

    @Autowired
    private Cold oven;

    @Autowired
    private Bakery.Orders orders;

    @Test
    void aBeansTaskRunsAndWhatItSendsIsSeen(JTask jtask) {
        oven.warm = true;
        var bread = orders.bake("bread");

        assertThat(bread.get(Duration.ofSeconds(5))).isEqualTo("warm bread");
        jtask.assertSent("bakery.bake").to("bakery").once();
        jtask.assertSent("bakery.sell").withArgs("warm bread").to("counter").once();
        jtask.assertSent("till.count").to("tills").once();
    }

    @Test
    void eachTestHasBeansAndABrokerOfItsOwn(JTask jtask, TaskClient client) {
        jtask.assertNothingSent();
        var bread = client.send("bakery.bake", "bread");
        jtask.runDue();
        jtask.assertRun("bakery.bake").retriedAfter(Duration.ofMinutes(3)).once();

        oven.warm = true;
        jtask.advance(Duration.ofMinutes(3));
        assertThat(bread.get(Duration.ZERO).asText()).isEqualTo("warm bread");
    }

    @Test
    void aScheduleSendsWhenItsTimeComesToTheQueueOfAProperty(@Autowired JTask jtask) {
        jtask.advance(Duration.ofHours(49));

        jtask.assertSent("bakery.order").to("mill").times(2);
        jtask.assertRun("bakery.order").succeeded().times(2);
    }

    /// As in the worker of the application.
    @Test
    void aBeanMayHaveItsTaskFromAClassOrAnInterface(TaskClient client) {
        assertThat(client.send("bakery.handle", "cake")
                        .get(Duration.ofSeconds(5))
                        .asText())
                .isEqualTo("handled cake");
        assertThat(client.send("bakery.count").get(Duration.ofSeconds(5)).asInt())
                .isEqualTo(12);
    }

    @Test
    void nothingElseOfTheApplicationIsThere(@Autowired ApplicationContext context) {
        assertThat(context.getBeansOfType(Kitchen.Bread.class)).hasSize(1);
        assertThat(context.getBeansOfType(Kitchen.Flour.class)).hasSize(1);
        assertThat(context.getBeansOfType(Kitchen.Shopfront.class)).isEmpty();
    }

    /// Only what it names.
    @Nested
    @JTaskSliceTest(value = Kitchen.Flour.class, results = Results.KEPT)
    class OfOneBean {

        @Test
        void theOtherIsNotThere(@Autowired ApplicationContext context, TaskClient client) {
            assertThat(context.getBeansOfType(Kitchen.Bread.class)).isEmpty();
            var order = client.send("bakery.order");
            client.handle(order.id(), Object.class).await(Duration.ofSeconds(5));

            assertThat(order.isReady()).isTrue();
        }
    }
}
