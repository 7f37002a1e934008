package dev.jtask.protocol.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jtask.protocol.message.Route;
import org.junit.jupiter.api.Test;

class PidboxTest {

    @Test
    void namesAreThoseOfKombu() {
        assertThat(Pidbox.mailbox("w1@host")).isEqualTo("w1@host.celery.pidbox");
        assertThat(Pidbox.replyQueue("7f3a")).isEqualTo("7f3a.reply.celery.pidbox");
        assertThat(Pidbox.toWorkers()).isEqualTo(new Route("celery.pidbox", ""));
        assertThat(Pidbox.toSender("7f3a")).isEqualTo(new Route("reply.celery.pidbox", "7f3a"));
    }

    @Test
    void exchangesAreDeclaredAsKombuDeclaresThem() {
        assertThat(Pidbox.REQUESTS.type().text()).isEqualTo("fanout");
        assertThat(Pidbox.REQUESTS.isDurable()).isFalse();
        assertThat(Pidbox.REPLIES.type().text()).isEqualTo("direct");
        assertThat(Pidbox.REPLIES.isDurable()).isFalse();
    }
}
