package dev.jtask.spring;

import dev.jtask.spring.outbox.Level;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;

/// How full the outbox is, as meters of the application. What is not known is no number.
@AutoConfiguration(after = OutboxAutoConfiguration.class)
@ConditionalOnClass(name = "io.micrometer.core.instrument.binder.MeterBinder")
@ConditionalOnBean(OutboxLifecycle.class)
final class OutboxMeters {

    @Bean
    MeterBinder jtaskOutboxMeters(OutboxLifecycle outbox) {
        return registry -> {
            Gauge.builder("jtask.outbox.waiting", outbox, of(Level::waiting))
                    .description("Messages in the outbox's table that are to be sent")
                    .register(registry);
            Gauge.builder("jtask.outbox.refused", outbox, of(Level::refused))
                    .description("Messages in the outbox's table that the broker has refused, set aside")
                    .register(registry);
            TimeGauge.builder("jtask.outbox.oldest.age", outbox, TimeUnit.SECONDS, of(OutboxMeters::age))
                    .description("How long the first message that waits in the outbox's table has waited")
                    .register(registry);
        };
    }

    private static ToDoubleFunction<OutboxLifecycle> of(ToDoubleFunction<Level> figure) {
        return outbox -> outbox.level().map(figure::applyAsDouble).orElse(Double.NaN);
    }

    private static double age(Level level) {
        return level.oldest().toMillis() / 1e3;
    }
}
