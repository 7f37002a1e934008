package dev.jtask.spring.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jtask.protocol.message.Route;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LookedThroughTest {

    private static final Route MAIL = Route.toQueue("mail");
    private static final Route POST = Route.toQueue("post");
    private static final Verdict LATER = new Verdict.Later("not now");
    private static final Verdict SENT = new Verdict.Sent();

    private final LookedThrough through = new LookedThrough(0);
    private long now;

    @Test
    void whileNothingRestsAllIsLookedFor() {
        assertThat(look(List.of(), 900, Map.of(letter(7, MAIL), SENT))).isZero();
        pass(Duration.ofMinutes(5));
        assertThat(look(List.of(), 900, Map.of())).isZero();
        assertThat(look(List.of(), 900, Map.of())).isZero();
    }

    @Test
    void whatRestsIsPassedOverOnceNothingBeforeItIsOpen() {
        fails();

        assertThat(look(List.of(MAIL), 900, Map.of()))
                .as("somebody may commit one in between")
                .isZero();
        pass(Duration.ofSeconds(29));
        assertThat(look(List.of(MAIL), 950, Map.of())).isZero();
        pass(Duration.ofSeconds(1));
        look(List.of(MAIL), 1_000, Map.of());
        assertThat(look(List.of(MAIL), 1_000, Map.of())).isEqualTo(900);
    }

    @Test
    void whatHasRestedIsLookedForFromItsFirst() {
        passedOver();

        assertThat(look(List.of(), 1_000, Map.of(letter(7, MAIL), LATER))).isZero();
        assertThat(look(List.of(MAIL), 1_000, Map.of())).as("it rests again").isEqualTo(900);
        assertThat(look(List.of(), 1_000, Map.of(letter(7, MAIL), SENT, letter(8, MAIL), SENT)))
                .isEqualTo(6);
        assertThat(look(List.of(), 1_000, Map.of(letter(9, MAIL), SENT))).isEqualTo(8);
        assertThat(look(List.of(), 1_000, Map.of())).isEqualTo(9);
        assertThat(look(List.of(), 1_000, Map.of())).as("nothing rests").isZero();
    }

    @Test
    void eachRestsForItself() {
        passedOver();
        look(List.of(MAIL), 1_000, Map.of(letter(950, POST), LATER));

        assertThat(look(List.of(MAIL, POST), 1_000, Map.of())).isEqualTo(900);
        assertThat(look(List.of(MAIL), 1_000, Map.of(letter(950, POST), SENT))).isEqualTo(900);
        assertThat(look(List.of(POST), 1_000, Map.of(letter(7, MAIL), LATER))).isZero();
        assertThat(look(List.of(POST), 1_000, Map.of())).isEqualTo(6);
    }

    /// Such as where the database is away before what came of a look is written.
    @Test
    void whatRestsWithoutHavingBeenToldIsLookedForAfterIt() {
        fails();
        slowLook(1_000);
        pass(Duration.ofSeconds(30));
        look(List.of(MAIL), 2_000, Map.of());
        look(List.of(MAIL, POST), 2_000, Map.of());
        pass(Duration.ofSeconds(30));
        look(List.of(MAIL, POST), 3_000, Map.of());

        assertThat(look(List.of(MAIL, POST), 3_000, Map.of())).isEqualTo(2_000);
        assertThat(look(List.of(MAIL), 3_000, Map.of())).isEqualTo(1_000);
    }

    @Test
    void nowAndThenAllIsLookedFor() {
        passedOver();
        pass(Duration.ofSeconds(30));

        assertThat(look(List.of(MAIL), 2_000, Map.of(letter(3, POST), SENT))).isZero();
        assertThat(look(List.of(MAIL), 2_000, Map.of())).as("it goes on").isEqualTo(3);
        assertThat(look(List.of(MAIL), 2_000, Map.of())).isEqualTo(1_000);
    }

    @Test
    void lookingAtAllIsNotTheWork() {
        fails();
        slowLook(900);

        for (int i = 0; i < 199; i++) {
            pass(Duration.ofSeconds(1));
            look(List.of(MAIL), 900, Map.of());
        }
        assertThat(look(List.of(MAIL), 900, Map.of())).isEqualTo(900);
        pass(Duration.ofSeconds(1));
        assertThat(look(List.of(MAIL), 900, Map.of())).isZero();
    }

    /// Until the rows of a route that rests, the last of which is 900, are passed over.
    private void passedOver() {
        fails();
        look(List.of(MAIL), 900, Map.of());
        pass(Duration.ofSeconds(30));
        look(List.of(MAIL), 1_000, Map.of());
    }

    /// Of ten seconds.
    private void slowLook(long newest) {
        long began = now;
        through.behind(List.of(MAIL), () -> newest, now);
        pass(Duration.ofSeconds(10));
        through.found(List.of(MAIL), List.of(), Map.of(), began, now);
    }

    private void fails() {
        look(List.of(), 900, Map.of(letter(7, MAIL), LATER, letter(8, MAIL), LATER));
    }

    /// @return where it begins
    private long look(List<Route> resting, long newest, Map<Letter, Verdict> found) {
        long behind = through.behind(resting, () -> newest, now);
        var verdicts = new HashMap<Long, Verdict>();
        found.forEach((letter, verdict) -> verdicts.put(letter.id(), verdict));
        var letters = found.keySet().stream()
                .sorted((one, other) -> Long.compare(one.id(), other.id()))
                .toList();
        through.found(resting, letters, verdicts, now, now);
        return behind;
    }

    private static Letter letter(long id, Route route) {
        return new Letter(id, route, FakeBacklog.PROPERTIES, new byte[0]);
    }

    private void pass(Duration time) {
        now += time.toNanos();
    }
}
