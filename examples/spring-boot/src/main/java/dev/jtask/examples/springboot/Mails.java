package dev.jtask.examples.springboot;

import dev.jtask.client.TaskName;
import dev.jtask.client.result.TaskHandle;
import dev.jtask.spring.TaskStub;

@TaskStub
@TaskName("mail")
public interface Mails {

    TaskHandle<String> welcome(String to);
}
