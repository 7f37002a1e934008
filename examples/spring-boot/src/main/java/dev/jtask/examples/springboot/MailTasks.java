package dev.jtask.examples.springboot;

import dev.jtask.task.Task;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

@Component
public class MailTasks {

    private static final Logger LOG = LoggerFactory.getLogger(MailTasks.class);

    @Task(value = "mail.welcome", maxRetries = 5, backoff = true, retryFor = IllegalStateException.class)
    public String welcome(String to) {
        LOG.info("writing to {}", to);
        return "Welcome, " + to + "!";
    }
}
