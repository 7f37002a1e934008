package dev.jtask.operator.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jtask.crds.v1alpha1.TaskWorkerPoolStatus;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import java.util.List;
import org.junit.jupiter.api.Test;

class AnnouncementsTest {

    @Test
    void trouble_is_told_once() {
        var bad = status("BrokerReachable", "False", "BrokerUnreachable");

        assertThat(Announcements.between(null, bad)).containsExactly(Announcement.warning("BrokerUnreachable", "m"));
        assertThat(Announcements.between(bad, bad)).isEmpty();
    }

    @Test
    void another_trouble_of_the_same_kind_is_news() {
        assertThat(Announcements.between(
                        status("BrokerReachable", "False", "BrokerUnreachable"),
                        status("BrokerReachable", "False", "CredentialsRejected")))
                .extracting(Announcement::reason)
                .containsExactly("CredentialsRejected");
    }

    @Test
    void the_end_of_trouble_is_told() {
        var bad = status("BrokerReachable", "False", "BrokerUnreachable");
        var good = status("BrokerReachable", "True", "Answering");

        assertThat(Announcements.between(bad, good))
                .extracting(Announcement::reason)
                .containsExactly("BrokerRecovered");
        assertThat(Announcements.between(null, good)).isEmpty();
    }

    @Test
    void what_passes_by_itself_is_not_worth_a_word() {
        var declaring = status("QueuesReady", "False", "BeingDeclared");

        assertThat(Announcements.between(null, declaring)).isEmpty();
        assertThat(Announcements.between(declaring, status("QueuesReady", "True", "AllExist")))
                .isEmpty();
    }

    @Test
    void of_readiness_only_pods_and_the_deployment_are_told_as_the_rest_has_its_own_condition() {
        assertThat(Announcements.between(null, status("Ready", "False", "PodsFailing")))
                .hasSize(1);
        assertThat(Announcements.between(null, status("Ready", "False", "BrokerUnreachable")))
                .isEmpty();
    }

    private static TaskWorkerPoolStatus status(String type, String truth, String reason) {
        var condition = new ConditionBuilder()
                .withType(type)
                .withStatus(truth)
                .withReason(reason)
                .withMessage("m")
                .build();
        return new TaskWorkerPoolStatus(1L, 0, 0, "", null, List.of(), null, List.of(condition));
    }
}
