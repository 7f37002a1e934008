package dev.jtask.operator.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jtask.operator.fake.Pools;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PodTroublesTest {

    private static final String CRASHED = "terminated: {exitCode: 1, reason: Error}";
    private static final String CRASHED_AFTER =
            "terminated: {exitCode: 1, reason: Error, startedAt: '2026-01-01T00:00:00Z', finishedAt: '2026-01-01T";

    /// The states that a container goes through again and again.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "restartCount: 2, state: {waiting: {reason: CrashLoopBackOff, message: back-off}}, lastState: {"
                        + CRASHED + "}",
                "restartCount: 2, started: false, state: {running: {}}, lastState: {" + CRASHED + "}",
                "restartCount: 1, state: {" + CRASHED + "}, lastState: {" + CRASHED + "}",
                "restartCount: 1, state: {" + CRASHED + "}",
                "restartCount: 9, state: {" + CRASHED_AFTER + "00:09:00Z'}}",
            })
    void aContainerThatCrashesAgainAndAgainIsInTroubleAllTheTime(String container) {
        assertThat(PodTroubles.of(List.of(pod(container)), false))
                .contains(
                        "1 of 1 pods: CrashLoopBackOff: container worker exited with code 1; see kubectl logs --previous");
        assertThat(PodTroubles.of(List.of(pod(container)), true)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "restartCount: 0, started: false, state: {running: {}}",
                "restartCount: 1, started: false, state: {running: {}}, lastState: {" + CRASHED + "}",
                "restartCount: 9, started: true, state: {running: {}}, lastState: {" + CRASHED + "}",
                "restartCount: 9, started: false, state: {running: {}}, lastState: {terminated: {exitCode: 0, reason: Completed}}",
                "restartCount: 0, state: {" + CRASHED + "}",
                "restartCount: 3, state: {terminated: {exitCode: 0, reason: Completed}}",
                "restartCount: 0, state: {waiting: {reason: ContainerCreating}}",
                // once in a while, which the kubelet does not back off from
                "restartCount: 9, state: {" + CRASHED_AFTER + "03:00:00Z'}}",
                "restartCount: 9, started: false, state: {running: {}}, lastState: {" + CRASHED_AFTER + "00:10:00Z'}}",
            })
    void oneThatStartsOrEndedOnceOrIsUpIsNot(String container) {
        assertThat(PodTroubles.of(List.of(pod(container)), false)).isEmpty();
    }

    /// The log of a container that was killed so ends without a word.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "restartCount: 2, state: {waiting: {reason: CrashLoopBackOff}}, lastState: {terminated: {exitCode: 137, reason: OOMKilled}}",
                "restartCount: 2, state: {terminated: {exitCode: 137, reason: OOMKilled}}",
            })
    void oneThatRanOutOfItsMemoryIsToldWithTheFix(String container) {
        assertThat(PodTroubles.of(List.of(pod(container)), false))
                .contains(
                        "1 of 1 pods: CrashLoopBackOff: container worker exited with code 137 (OOMKilled); raise its resources.limits.memory");
    }

    private static Pod pod(String container) {
        return Pools.YAML.unmarshal("""
                kind: Pod
                metadata: {name: p}
                status:
                  containerStatuses: [{name: worker, %s}]
                """.formatted(container), Pod.class);
    }
}
