package dev.jtask.examples.plainjava;

import dev.jtask.client.TaskName;
import dev.jtask.client.result.TaskHandle;

@TaskName("mail")
public interface Mails {

    TaskHandle<String> welcome(String to);
}
