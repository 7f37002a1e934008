package dev.jtask.examples.plainjava;

import dev.jtask.client.TaskClient;
import java.time.Duration;

/// `Shop BROKER NAME`: has a mail written by a worker, and prints what it returned.
public final class Shop {

    private Shop() {}

    public static void main(String[] args) {
        try (var client = TaskClient.builder(args[0]).queue("mail").connect()) {
            var mails = client.stub(Mails.class);
            System.out.println(mails.welcome(args[1]).get(Duration.ofSeconds(20)));
        }
    }
}
