package dev.jtask.operator.management;

import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.http.client.HttpClientException;
import com.rabbitmq.http.client.HttpException;
import com.rabbitmq.http.client.HttpServerException;
import dev.jtask.operator.management.ManagementException.Fault;
import dev.jtask.operator.secret.ManagementDoor;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DiagnosisTest {

    private static final ManagementDoor ACCESS =
            new ManagementDoor(URI.create("http://rabbit.test:15672"), "app", "hunter2", "shop");

    private boolean mayLogIn;
    private final Diagnosis diagnosis = new Diagnosis(ACCESS, () -> mayLogIn);

    @Test
    void aRefusedLogInIsAMatterOfThePassword() {
        var told = diagnosis.of("list the queues", new HttpClientException(401, "Unauthorized"));

        assertThat(told.fault()).isEqualTo(Fault.CREDENTIALS);
        assertThat(told)
                .hasMessageContaining("http://rabbit.test:15672 rejected the Secret's user: correct the password")
                .hasMessageContaining("rabbitmqctl set_user_tags USER management");
    }

    @Test
    void aUserThatMayLogInLacksAPermission() {
        mayLogIn = true;

        var told = diagnosis.of("create queue orders", new HttpClientException(401, "Unauthorized"));

        assertThat(told.fault()).isEqualTo(Fault.PERMISSION);
        assertThat(told)
                .hasMessageStartingWith(
                        "the Secret's user may not create queue orders in vhost shop of http://rabbit.test:15672;")
                .hasMessageEndingWith("rabbitmqctl set_permissions -p shop USER '.*' '.*' '.*'");
    }

    @Test
    void notFoundMeansNoVhost() {
        var told = diagnosis.of("list the queues", new HttpClientException(404, "Not Found"));

        assertThat(told.fault()).isEqualTo(Fault.NO_VHOST);
        assertThat(told).hasMessage(diagnosis.noVhost().getMessage()).hasMessageContaining("add_vhost shop");
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 403, 405})
    void aRefusalNamesWhatWasAskedFor(int status) {
        var told =
                diagnosis.of("delete queue orders", new HttpClientException(status, "HTTP %d: no".formatted(status)));

        assertThat(told.fault()).isEqualTo(Fault.REFUSED);
        assertThat(told)
                .hasMessage("http://rabbit.test:15672 refused to delete queue orders (HTTP %d: no)".formatted(status));
    }

    /// Whoever may write a Secret could else ask what listens in the operator's network.
    @Test
    void whateverIsThereInsteadOfABrokerIsToldInTheSameWordsAndApartInTheLogOnly() {
        var told = Stream.of(
                        new HttpException(new IOException(new ConnectException("refused"))),
                        new HttpException("no whole answer within 4000 ms"),
                        new HttpException(new SSLHandshakeException("certificate_unknown")),
                        new NotManagementException("its HTTP 404 is not a management API's", null),
                        new HttpServerException(503, "Service Unavailable"),
                        new HttpClientException(429, "Too Many Requests"))
                .map(failure -> diagnosis.of("list the queues", failure))
                .toList();

        assertThat(told).allSatisfy(each -> assertThat(each.fault()).isEqualTo(Fault.UNREACHABLE));
        assertThat(told.stream().map(Throwable::getMessage).distinct())
                .singleElement()
                .asString()
                .contains("http://rabbit.test:15672 does not answer", "management plugin", "ca.crt", "managementUri");
        assertThat(told.stream().map(ManagementException::inFull).distinct())
                .hasSameSizeAs(told)
                .anyMatch(line -> line.endsWith("(ConnectException: refused)"));
    }

    @Test
    void neverShowsUserAndPassword() {
        for (int status : new int[] {400, 401, 403, 404, 429}) {
            for (boolean letIn : new boolean[] {true, false}) {
                mayLogIn = letIn;
                var refusal = "access to queue 'orders' in vhost '/' refused for user 'app'";
                assertThat(diagnosis.of("list the queues", new HttpClientException(status, refusal)))
                        .message()
                        .doesNotContain("hunter2", "'app'", " app ");
            }
        }
    }
}
