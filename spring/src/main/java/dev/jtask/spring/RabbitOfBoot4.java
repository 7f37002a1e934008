package dev.jtask.spring;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.amqp.autoconfigure.RabbitConnectionDetails;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/// The application's details for RabbitMQ in Spring Boot 4.
@AutoConfiguration(afterName = "org.springframework.boot.amqp.autoconfigure.RabbitAutoConfiguration")
@ConditionalOnClass(name = "org.springframework.boot.amqp.autoconfigure.RabbitConnectionDetails")
@ConditionalOnBean(type = "org.springframework.boot.amqp.autoconfigure.RabbitConnectionDetails")
final class RabbitOfBoot4 {

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
