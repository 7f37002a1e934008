package dev.jtask.examples.plainjava;

import dev.jtask.task.Task;

public final class MailTasks {

    @Task("mail.welcome")
    public String welcome(String to) {
        return "Welcome, " + to + "!";
    }
}
