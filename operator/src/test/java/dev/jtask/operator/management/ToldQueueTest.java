package dev.jtask.operator.management;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonFactory;
import dev.jtask.autoscaler.QueueSample;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ToldQueueTest {

    @Test
    void readsWhatIsWantedInAnyOrderAndPassesOverTheRest() throws IOException {
        var told = read("""
            {"message_stats":{"publish":100,"publish_details":{"rate":1.5},"ack":90},"arguments":{"name":"other"},
            "messages_unacknowledged":2,"consumer_details":[{"name":"x"}],"type":"quorum","consumers":3,"messages_ready":5,"name":"orders"}""");

        assertThat(told).isEqualTo(new ToldQueue(new QueueSample("orders", 5L, 2L, 3L, 100L, 90L), "quorum"));
    }

    @Test
    void takesWhatTheBrokerDoesNotSayForUnknown() throws IOException {
        var unknown = new QueueSample("orders", null, 2L, 1L, null, null);

        assertThat(read("{\"name\":\"orders\",\"messages_unacknowledged\":2,\"consumers\":1}")
                        .sample())
                .isEqualTo(unknown);
        assertThat(read("""
                {"name":"orders","messages_ready":-1,"messages_unacknowledged":2,"consumers":1,"message_stats":[]}""").sample()).isEqualTo(unknown);
        assertThat(read("""
                {"name":"orders","messages_ready":null,"messages_unacknowledged":2,"consumers":1,"message_stats":null}""").sample()).isEqualTo(unknown);
    }

    /// Sums of such figures would be negative, and the need with them.
    @Test
    void takesAFigureThatNobodyCanHaveCountedForUnknown() throws IOException {
        assertThat(read("""
                {"name":"orders","messages_ready":9223372036854775807,"messages_unacknowledged":2,"consumers":1,\
                "message_stats":{"publish":4611686018427387904,"ack":1000000000000001}}""").sample()).isEqualTo(new QueueSample("orders", null, 2L, 1L, null, null));
    }

    @Test
    void takesACounterThatIsNotThereForZeroWhenThereAreCounters() throws IOException {
        var sample =
                read("{\"name\":\"orders\",\"message_stats\":{\"publish\":7}}").sample();

        assertThat(sample.published()).isEqualTo(7);
        assertThat(sample.acked()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"down", "stopped", "crashed", "minority"})
    void tellsThatAQueueIsDown(String state) throws IOException {
        assertThat(read("{\"state\":\"%s\",\"name\":\"orders\"}".formatted(state))
                        .sample())
                .isEqualTo(QueueSample.unknown("orders").asDown());
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"running\"", "\"idle\"", "\"flow\"", "null", "7", "{\"name\":\"down\"}", "[\"down\"]"})
    void knowsOfNoOtherTrouble(String state) throws IOException {
        assertThat(read("{\"state\":%s,\"name\":\"orders\"}".formatted(state)).sample())
                .isEqualTo(QueueSample.unknown("orders"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "7",
                "{}",
                "{\"name\":7}",
                "{\"name\":\"a\",\"messages_ready\":\"5\"}",
                "{\"name\":\"a\",\"messages_ready\":1.5}",
                "{\"name\":\"a\",\"messages_ready\":99999999999999999999}",
                "{\"name\":\"a\",\"consumers\":{}}",
                "{\"name\":\"a\""
            })
    void isNoneOfAnotherForm(String text) {
        assertThatThrownBy(() -> read(text)).isInstanceOfAny(NotManagementException.class, IOException.class);
    }

    private static ToldQueue read(String text) throws IOException {
        try (var json = new JsonFactory().createParser(text)) {
            return ToldQueue.alone(json);
        }
    }
}
