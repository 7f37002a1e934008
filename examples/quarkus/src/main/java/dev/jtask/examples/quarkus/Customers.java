package dev.jtask.examples.quarkus;

import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.time.Duration;
import org.jboss.resteasy.reactive.RestQuery;

@Path("/customers")
public class Customers {

    private final Mails mails;

    Customers(Mails mails) {
        this.mails = mails;
    }

    @POST
    public String register(@RestQuery String name) {
        return mails.welcome(name).get(Duration.ofSeconds(20));
    }
}
