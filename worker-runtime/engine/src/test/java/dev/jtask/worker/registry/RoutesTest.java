package dev.jtask.worker.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RoutesTest {

    @Test
    void theFirstRuleThatMatchesDecides() {
        var routes = Routes.parse("p.slow=slow, p.*=py");
        assertThat(routes.queueFor("p.slow")).contains("slow");
        assertThat(routes.queueFor("p.add")).contains("py");
        assertThat(routes.queueFor("xp.add")).isEmpty();
        assertThat(Routes.parse("").queueFor("p.add")).isEmpty();
    }

    @Test
    void aRuleHasTwoSides() {
        assertThatThrownBy(() -> Routes.parse("p.*")).hasMessageContaining("pattern=queue");
        assertThatThrownBy(() -> Routes.parse("=q")).hasMessageContaining("pattern=queue");
    }

    @Test
    void aStarIsAnythingAnywhere() {
        var routes = Routes.parse("*.mail.*=mail,a*b*c=abc,x.**=x,*=rest");
        assertThat(routes.queueFor("shop.mail.send")).contains("mail");
        assertThat(routes.queueFor(".mail.")).contains("mail");
        assertThat(routes.queueFor("mail.send")).contains("rest");
        assertThat(routes.queueFor("abc")).contains("abc");
        assertThat(routes.queueFor("a-b-b-c")).contains("abc");
        assertThat(routes.queueFor("ac")).contains("rest");
        assertThat(routes.queueFor("x.")).contains("x");
        assertThat(routes.queueFor("two\nlines")).contains("rest");
        assertThat(Routes.parse("a.b=q").queueFor("axb")).isEmpty();
        assertThat(Routes.parse("aba*aba=q").queueFor("aba")).isEmpty();
        assertThat(Routes.parse("\\E*=q").queueFor("\\Ex")).contains("q");
    }

    @Test
    void aLongNameCostsNoMoreThanItsLength() {
        var routes = Routes.parse("*a*a*a*a*a*a*a*a*a*a*a*a*b=q");
        assertTimeoutPreemptively(
                Duration.ofSeconds(5),
                () -> assertThat(routes.queueFor("a".repeat(200_000))).isEmpty());
    }

    @Test
    void ratesAreWrittenAsInCelery() {
        assertThat(RateLimit.parse("10/s").interval()).isEqualTo(Duration.ofMillis(100));
        assertThat(RateLimit.parse("120/m").interval()).isEqualTo(Duration.ofMillis(500));
        assertThat(RateLimit.parse("1/h").interval()).isEqualTo(Duration.ofHours(1));
        assertThat(RateLimit.parse("0.5").interval()).isEqualTo(Duration.ofSeconds(2));
        assertThatThrownBy(() -> RateLimit.parse("fast")).hasMessageContaining("10/s");
        assertThatThrownBy(() -> RateLimit.parse("0/s")).hasMessageContaining("no rate limit");
    }
}
