package dev.jtask.quarkus.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;

import io.quarkus.test.QuarkusUnitTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class UnknownPropertyTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withEmptyApplication()
            .overrideConfigKey("jtask.devservices.enabled", "false")
            .overrideConfigKey("jtask.brokr-uri", "amqp://localhost")
            .assertException(thrown -> assertThat(thrown)
                    .hasStackTraceContaining("the property jtask.brokr-uri is not known")
                    .hasStackTraceContaining("did you mean jtask.broker-uri?"));

    @Test
    void stopsTheStart() {
        fail("the application should not have started");
    }
}
