package dev.jtask.operator.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jtask.crds.v1alpha1.ScalingGuards;
import dev.jtask.crds.v1alpha1.ScalingStatus;
import dev.jtask.crds.v1alpha1.TaskWorkerPoolStatus;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnnouncementsTest {

    private static final Announcement RESUMED =
            Announcement.normal("GrowthResumed", "the pool grows again as it needs");

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

    @Test
    void aNeedThatMovesAroundTheSizeOfAPoolWhoseRunsFailIsNoNews() {
        var blown = new ScalingGuards(new ScalingGuards.Failing(60.0, 57.0, 3.0), null, null);
        var within = limited("WithinRange", null);
        var failing = limited("Failing", blown);
        var enough = limited("WithinRange", blown);
        var full = limited("WindowCeiling", blown);

        assertThat(Announcements.between(within, failing)).containsExactly(Announcement.warning("Failing", "m"));
        assertThat(Announcements.between(failing, enough)).isEmpty();
        assertThat(Announcements.between(enough, failing)).isEmpty();
        assertThat(Announcements.between(failing, full)).isEmpty();
        assertThat(Announcements.between(enough, within)).containsExactly(RESUMED);
    }

    @Test
    void aTrialIsNoEndOfWhatKeepsAPoolFromGrowing() {
        var held = limited("Ineffective", held(5, false));
        var enough = limited("WithinRange", held(5, false));
        var trial = limited("WithinRange", held(5, true));

        assertThat(Announcements.between(limited("WithinRange", null), held))
                .containsExactly(Announcement.warning("Ineffective", "m"));
        assertThat(Announcements.between(held, enough)).isEmpty();
        assertThat(Announcements.between(enough, trial)).isEmpty();
        assertThat(Announcements.between(trial, held)).isEmpty();
        assertThat(Announcements.between(trial, limited("WithinRange", null))).containsExactly(RESUMED);
        assertThat(Announcements.between(held, limited("WithinRange", held(null, false))))
                .as("the judgement was wrong")
                .containsExactly(RESUMED);
    }

    @Test
    void whatWillKeepAPoolFromGrowingIsToldBeforeItNeedsTo() {
        var within = limited("WithinRange", null);
        var blown = new ScalingGuards(new ScalingGuards.Failing(60.0, 57.0, 3.0), null, null);

        assertThat(Announcements.between(within, limited("WithinRange", blown)))
                .extracting(Announcement::reason)
                .containsExactly("Failing");
        assertThat(Announcements.between(within, limited("WithinRange", held(5, false))))
                .extracting(Announcement::reason)
                .containsExactly("Ineffective");
        assertThat(Announcements.between(limited("BudgetSpent", blown), limited("WithinRange", blown)))
                .as("while its runs fail it does not grow by a budget that has something left")
                .isEmpty();
    }

    private static ScalingGuards held(@Nullable Integer pods, boolean onTrial) {
        return new ScalingGuards(null, new ScalingGuards.Held(pods, 19.5, "2026-01-01T00:05:00Z", 300L, onTrial), null);
    }

    private static TaskWorkerPoolStatus limited(String reason, @Nullable ScalingGuards guards) {
        var plain = status("ScalingLimited", reason.equals("WithinRange") ? "False" : "True", reason);
        var scaling = new ScalingStatus(1, null, reason, "", null, null, null, null, guards, List.of());
        return new TaskWorkerPoolStatus(1L, 0, 0, "", null, List.of(), scaling, plain.conditions());
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
