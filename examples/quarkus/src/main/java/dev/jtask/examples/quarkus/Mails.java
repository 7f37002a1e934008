package dev.jtask.examples.quarkus;

import dev.jtask.client.TaskName;
import dev.jtask.client.TaskStub;
import dev.jtask.client.result.TaskHandle;

@TaskStub
@TaskName("mail")
public interface Mails {

    TaskHandle<String> welcome(String to);
}
