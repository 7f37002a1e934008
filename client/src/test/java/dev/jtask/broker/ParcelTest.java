package dev.jtask.broker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jtask.protocol.message.Route;
import dev.jtask.protocol.message.WireMessage;
import dev.jtask.protocol.topology.DelayTopology;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ParcelTest {

    @Test
    void knowsTheQueueAtTheEndOfItsWay() {
        assertThat(Parcels.reply("replies", "a").queue()).isEqualTo("replies");
        assertThat(Parcels.tasks("orders", "a").queue()).isEqualTo("orders");
        assertThat(Parcels.delayed("eu.orders", "a").queue()).isEqualTo("eu.orders");
        assertThat(Parcels.foreign("theirs", "a").queue()).isEmpty();
    }

    @Test
    void aDelayedOneFallsThroughTheTopologyAndDoesNotExpireThere() {
        var message = Parcels.message("a");
        var expiring = new WireMessage(message.properties().withExpiration("1000"), message.body());
        var parcel = Parcel.delayed("orders", expiring, Duration.ofSeconds(5));

        assertThat(parcel.route()).isEqualTo(DelayTopology.route("orders", Duration.ofSeconds(5)));
        assertThat(parcel.upkeep()).isEqualTo(Parcel.Upkeep.DELAYED);
        assertThat(parcel.message().properties().expiration()).isNull();
    }

    @Test
    void aDelayThatIsPartlyOverIsShorterAndNothingElseChanges() {
        var delayed = Parcel.delayed("orders", Parcels.message("a"), Duration.ofSeconds(5));

        assertThat(delayed.after(Duration.ofMillis(900))).isSameAs(delayed);
        assertThat(delayed.after(Duration.ofSeconds(3)))
                .isEqualTo(Parcel.delayed("orders", delayed.message(), Duration.ofSeconds(2)));
        assertThat(delayed.after(Duration.ofHours(1)))
                .isEqualTo(Parcel.delayed("orders", delayed.message(), Duration.ZERO));
        var task = Parcels.tasks("orders", "a");
        assertThat(task.after(Duration.ofHours(1))).isSameAs(task);
    }

    @Test
    void saysWhatItNeeds() {
        assertThat(Parcels.reply("q", "a").upkeep()).isEqualTo(Parcel.Upkeep.NONE);
        assertThat(Parcel.plain("q", Parcels.message("a")).upkeep()).isEqualTo(Parcel.Upkeep.PLAIN);
        assertThat(Parcel.tasks(new Route("theirs", "key"), Parcels.message("a"))
                        .upkeep())
                .isEqualTo(Parcel.Upkeep.TASKS);
    }
}
