package dev.jtask.examples.springboot;

import java.time.Duration;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
public class Customers {

    private final Mails mails;

    Customers(Mails mails) {
        this.mails = mails;
    }

    @PostMapping("/customers")
    String register(@RequestParam("name") String name) {
        return mails.welcome(name).get(Duration.ofSeconds(20));
    }
}
