package dev.jtask.examples.quarkus;

import dev.jtask.task.Task;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

@ApplicationScoped
public class MailTasks {

    private static final Logger LOG = Logger.getLogger(MailTasks.class);

    @Task(value = "mail.welcome", maxRetries = 5, backoff = true, retryFor = IllegalStateException.class)
    public String welcome(String to) {
        LOG.infof("writing to %s", to);
        return "Welcome, " + to + "!";
    }
}
