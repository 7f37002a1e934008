package dev.jtask.examples.springboot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jtask.spring.JTaskSliceTest;
import dev.jtask.test.JTask;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@JTaskSliceTest
class MailTasksTest {

    @Autowired
    private Mails mails;

    @Test
    void welcomesACustomer(JTask jtask) {
        assertThat(mails.welcome("Ada").get(Duration.ofSeconds(5))).isEqualTo("Welcome, Ada!");

        jtask.assertRun("mail.welcome").succeeded().once();
    }
}
