package dev.jtask.operator.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jtask.crds.v1alpha1.TaskWorkerPoolStatus;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnnouncementsTest {

    @Test
    void troubleIsToldOnce() {
        var bad = status("BrokerReachable", "False", "BrokerUnreachable");

        assertThat(Announcements.between(null, bad)).containsExactly(Announcement.warning("BrokerUnreachable", "m"));
        assertThat(Announcements.between(bad, bad)).isEmpty();
    }

    @Test
    void anotherTroubleOfTheSameKindIsNews() {
        assertThat(Announcements.between(
                        status("BrokerReachable", "False", "BrokerUnreachable"),
                        status("BrokerReachable", "False", "CredentialsRejected")))
                .extracting(Announcement::reason)
                .containsExactly("CredentialsRejected");
    }

    @Test
    void theEndOfTroubleIsTold() {
        var bad = status("BrokerReachable", "False", "BrokerUnreachable");
        var good = status("BrokerReachable", "True", "Answering");

        assertThat(Announcements.between(bad, good))
                .extracting(Announcement::reason)
                .containsExactly("BrokerRecovered");
        assertThat(Announcements.between(null, good)).isEmpty();
    }

    @Test
    void whatPassesByItselfIsNotWorthAWord() {
        var declaring = status("QueuesReady", "False", "BeingDeclared");

        assertThat(Announcements.between(null, declaring)).isEmpty();
        assertThat(Announcements.between(declaring, status("QueuesReady", "True", "AllExist")))
                .isEmpty();
    }

    @Test
    void ofReadinessOnlyPodsAndTheDeploymentAreToldAsTheRestHasItsOwnCondition() {
        assertThat(Announcements.between(null, status("Ready", "False", "PodsFailing")))
                .hasSize(1);
        assertThat(Announcements.between(null, status("Ready", "False", "ScalingRefused")))
                .hasSize(1);
        assertThat(Announcements.between(null, status("Ready", "False", "PodsRefused")))
                .hasSize(1);
        assertThat(Announcements.between(null, status("Ready", "False", "BrokerUnreachable")))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DeploymentConflict",
                "DeploymentForbidden",
                "DeploymentRejected",
                "TemplateInvalid",
                "TokenSecretMissing"
            })
    void whateverKeepsTheDeploymentFromBeingRolledOutIsTold(String reason) {
        assertThat(Announcements.between(null, status("Ready", "False", reason)))
                .containsExactly(Announcement.warning(reason, "m"));
    }

    @Test
    void whatKeepsAPoolFromGrowingIsToldAndItsEnd() {
        var failing = status("ScalingLimited", "True", "Failing");
        var within = status("ScalingLimited", "False", "WithinRange");
        var blind = status("ScalingLimited", "Unknown", "Blind");
        assertThat(Announcements.between(status("ScalingLimited", "True", "Failing"), blind))
                .isEmpty();
        var full = status("ScalingLimited", "True", "TooManyNeeded");

        assertThat(Announcements.between(within, failing)).containsExactly(Announcement.warning("Failing", "m"));
        assertThat(Announcements.between(failing, failing)).isEmpty();
        assertThat(Announcements.between(failing, within))
                .extracting(Announcement::reason)
                .containsExactly("GrowthResumed");
        assertThat(Announcements.between(within, full)).isEmpty();
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
