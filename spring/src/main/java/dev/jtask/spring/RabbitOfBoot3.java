package dev.jtask.spring;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.amqp.RabbitConnectionDetails;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/// The application's details for RabbitMQ in Spring Boot 3.
@AutoConfiguration(afterName = "org.springframework.boot.autoconfigure.amqp.RabbitAutoConfiguration")
@ConditionalOnClass(name = "org.springframework.boot.autoconfigure.amqp.RabbitConnectionDetails")
@ConditionalOnBean(type = "org.springframework.boot.autoconfigure.amqp.RabbitConnectionDetails")
final class RabbitOfBoot3 {

    @Bean
    @ConditionalOnMissingBean
    JtaskConnectionDetails jtaskConnectionOfRabbit(
            ObjectProvider<RabbitConnectionDetails> rabbit, Environment environment) {
        return new RabbitOfSpring(rabbit::getIfUnique, () -> found(rabbit.getObject()), environment);
    }

    private static FoundBroker found(RabbitConnectionDetails rabbit) {
        return FoundBroker.of(
                rabbit.getAddresses().stream()
                        .map(each -> new FoundBroker.Address(each.host(), each.port()))
                        .toList(),
                rabbit.getUsername(),
                rabbit.getPassword(),
                rabbit.getVirtualHost(),
                rabbit.getSslBundle());
    }
}
