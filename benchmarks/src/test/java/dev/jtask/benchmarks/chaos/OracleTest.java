package dev.jtask.benchmarks.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OracleTest {

    private static final long SETTLE = 1_000;
    private static final Errand PLAIN = new Errand("a", "chaos-classic-rpc", new Errand.Work(0, true, 0), 1);
    private static final Errand RETRIED = new Errand("a", "chaos-classic-rpc", new Errand.Retried(2, 500), 1);
    private static final Errand REJECTED = new Errand("a", "chaos-classic-rpc", new Errand.Rejected(), 1);
    private static final Errand CHAINED = new Errand("a", "chaos-classic-rpc", new Errand.Chained(2), 2);

    @Test
    void countsWhatRanToItsEnd() {
        var verdict = judge(PLAIN, List.of(), Map.of(), run("a", 1, 0, 100, 110));

        assertThat(verdict).hasToString("chaos: tasks=1 done=1 dead=0 lost=0 duplicated=0 maxDuplicatesPerFault=0");
        assertThat(verdict.isGood()).isTrue();
    }

    @Test
    void findsATaskThatNeverRan() {
        var verdict = judge(PLAIN, List.of(), Map.of());

        assertThat(verdict.lost()).containsExactly("a did not run to its end, 0 runs began");
        assertThat(verdict.isGood()).isFalse();
    }

    @Test
    void findsATaskWhoseOnlyRunWasKilled() {
        var verdict = judge(PLAIN, List.of(kill(0, 105)), Map.of(), run("a", 1, 0, 100, Run.NEVER));

        assertThat(verdict.lost()).containsExactly("a did not run to its end, 1 runs began");
    }

    @Test
    void findsAChainThatWasBrokenOff() {
        var verdict = judge(CHAINED, List.of(), Map.of(), run("a.1", 1, 0, 100, 110));

        assertThat(verdict.lost()).containsExactly("a.2 did not run to its end, 0 runs began");
        assertThat(verdict.done()).isEqualTo(1);
    }

    @Test
    void findsARetryThatDidNotCome() {
        assertThat(judge(RETRIED, List.of(), Map.of(), run("a", 1, 0, 100, 110)).lost())
                .hasSize(1);
    }

    @Test
    void findsATaskThatIsWithTheDeadLettersForNoReason() {
        assertThat(judge(PLAIN, List.of(), Map.of("a", 1)).lost())
                .containsExactly("a is with the dead letters for no reason");
        assertThat(judge(PLAIN, List.of(), Map.of("a", 1), run("a", 1, 0, 100, 110))
                        .lost())
                .containsExactly("a ran, and is with the dead letters for no reason");
    }

    @Test
    void findsARefusedTaskThatIsNotWithTheDeadLetters() {
        assertThat(judge(REJECTED, List.of(), Map.of(), run("a", 1, 0, 100, 110))
                        .lost())
                .hasSize(1);
        assertThat(judge(REJECTED, List.of(), Map.of("a", 1), run("a", 1, 0, 100, 110))
                        .dead())
                .isEqualTo(1);
    }

    @Test
    void knowsNothingOfWhatWasNotConfirmed() {
        var verdict = Oracle.judge(
                List.of(new Sending(PLAIN, 0, 50, Sending.Fate.UNKNOWN)), List.of(), Map.of(), List.of(), SETTLE);

        assertThat(verdict.tasks()).isZero();
        assertThat(verdict.isGood()).isTrue();
    }

    @Test
    void findsARunAgainThatNoFaultExplains() {
        var verdict = judge(PLAIN, List.of(), Map.of(), run("a", 1, 0, 100, 110), run("a", 1, 1, 200, 210));

        assertThat(verdict.duplicated()).isEqualTo(1);
        assertThat(verdict.unexplained()).hasSize(1);
        assertThat(verdict.isGood()).isFalse();
    }

    @Test
    void aKillOfItsHolderExplainsIt() {
        var verdict =
                judge(PLAIN, List.of(kill(0, 105)), Map.of(), run("a", 1, 0, 100, Run.NEVER), run("a", 1, 1, 200, 210));

        assertThat(verdict.isGood()).isTrue();
        assertThat(verdict.duplicated()).isEqualTo(1);
        assertThat(verdict.maxDuplicatesPerFault()).isEqualTo(1);
    }

    @Test
    void aKillOfAnotherWorkerExplainsNothing() {
        assertThat(judge(PLAIN, List.of(kill(2, 105)), Map.of(), run("a", 1, 0, 100, 110), run("a", 1, 1, 200, 210))
                        .unexplained())
                .hasSize(1);
    }

    @Test
    void aKillBeforeItBeganOrAfterItWasSettledExplainsNothing() {
        var runs = new Run[] {run("a", 1, 0, 100, 110), run("a", 1, 1, 9_000, 9_010)};

        assertThat(judge(PLAIN, List.of(kill(0, 99)), Map.of(), runs).unexplained())
                .hasSize(1);
        assertThat(judge(PLAIN, List.of(kill(0, 110 + SETTLE + 1)), Map.of(), runs)
                        .unexplained())
                .hasSize(1);
        assertThat(judge(PLAIN, List.of(kill(0, 110 + SETTLE)), Map.of(), runs).unexplained())
                .isEmpty();
    }

    @Test
    void aKillAfterItRanAgainExplainsNothing() {
        assertThat(judge(PLAIN, List.of(kill(0, 205)), Map.of(), run("a", 1, 0, 100, 110), run("a", 1, 1, 200, 210))
                        .unexplained())
                .hasSize(1);
    }

    @Test
    void whatEndsNoConnectionExplainsNothing() {
        var runs = new Run[] {run("a", 1, 0, 100, 110), run("a", 1, 1, 200, 210)};

        for (var kind : List.of(Fault.Kind.FREEZE, Fault.Kind.DRAIN)) {
            assertThat(judge(PLAIN, List.of(new Fault(1, kind, 0, 90, 300)), Map.of(), runs)
                            .unexplained())
                    .hasSize(1);
        }
        assertThat(judge(PLAIN, List.of(new Fault(1, Fault.Kind.ALARM, Fault.BROKER, 90, 300)), Map.of(), runs)
                        .unexplained())
                .hasSize(1);
    }

    @Test
    void theBrokersRestartExplainsForAllWorkers() {
        var restart = new Fault(7, Fault.Kind.RESTART, Fault.BROKER, 105, 150);

        assertThat(judge(PLAIN, List.of(restart), Map.of(), run("a", 1, 0, 100, 110), run("a", 1, 1, 200, 210))
                        .isGood())
                .isTrue();
    }

    @Test
    void aRestartWhileItWasSentExplainsTwoMessages() {
        var restart = new Fault(7, Fault.Kind.RESTART, Fault.BROKER, 20, 40);

        assertThat(judge(PLAIN, List.of(restart), Map.of(), run("a", 1, 0, 100, 110), run("a", 1, 1, 100, 110))
                        .isGood())
                .isTrue();
    }

    /// The sender's own delays meet the missing exchange as well, and what is beside them is not confirmed.
    @Test
    void aChannelOfTheSenderThatWasClosedExplainsTwoMessages() {
        var twice = new Run[] {run("a", 1, 0, 100, 110), run("a", 1, 1, 700, 710)};

        assertThat(judge(PLAIN, List.of(new Fault(7, Fault.Kind.DELETION, Fault.BROKER, 20, 21)), Map.of(), twice)
                        .isGood())
                .isTrue();
        assertThat(judge(PLAIN, List.of(new Fault(7, Fault.Kind.DELETION, Fault.BROKER, 60, 61)), Map.of(), twice)
                        .unexplained())
                .hasSize(1);
    }

    @Test
    void aFaultOfWhoeverSentItExplainsTwoMessages() {
        var verdict = judge(
                CHAINED,
                List.of(kill(0, 115)),
                Map.of(),
                run("a.1", 1, 0, 100, 110),
                run("a.1", 1, 1, 120, 125),
                run("a.2", 1, 2, 130, 135),
                run("a.2", 1, 2, 140, 145));

        assertThat(verdict.duplicated()).isEqualTo(2);
        assertThat(verdict.isGood()).isTrue();
        assertThat(verdict.maxDuplicatesPerFault()).isEqualTo(2);
    }

    @Test
    void aFaultOfAnyWorkerWhileItWaitedExplainsTwoMessagesOfADelayedTask() {
        var delayed = new Errand("a", "chaos-classic-rpc", new Errand.Work(0, true, 2_000), 1);
        var runs = new Run[] {run("a", 1, 0, 2_100, 2_110), run("a", 1, 1, 2_200, 2_210)};

        assertThat(judge(delayed, List.of(kill(3, 60)), Map.of(), runs).isGood())
                .isTrue();
        assertThat(judge(delayed, List.of(kill(3, 5)), Map.of(), runs).isGood()).isFalse();
        assertThat(judge(delayed, List.of(kill(3, 2_105)), Map.of(), runs).isGood())
                .isFalse();
    }

    @Test
    void aFaultOfAnyWorkerBeforeExplainsTwoMessagesOfWhichOneCameAgain() {
        var first = run("a", 1, 0, 2_100, 2_110);
        var copy = new Run("a", 1, 1, 2_200, 2_210, true);

        assertThat(judge(PLAIN, List.of(kill(3, 60)), Map.of(), first, copy).isGood())
                .isTrue();
        assertThat(judge(PLAIN, List.of(kill(3, 60)), Map.of(), first, run("a", 1, 1, 2_200, 2_210))
                        .isGood())
                .isFalse();
    }

    @Test
    void whatFollowsOfAMessageThatWasMovedTwiceIsExplainedByTheSameFault() {
        var runs = new Run[] {
            run("a", 1, 0, 2_100, 2_110),
            new Run("a", 1, 0, 2_200, 2_210, true),
            run("a", 2, 1, 8_700, 8_705),
            run("a", 2, 1, 9_710, 9_715)
        };

        assertThat(judge(RETRIED, List.of(kill(3, 60)), Map.of(), runs).isGood())
                .isTrue();
        assertThat(judge(RETRIED, List.of(kill(3, 5)), Map.of(), runs).unexplained())
                .hasSize(2);
    }

    @Test
    void aChannelThatWasClosedExplainsWhatWasSentTwiceAndNoRunOfItsSender() {
        var deletion = new Fault(7, Fault.Kind.DELETION, Fault.BROKER, 111, 112);
        var sentTwice = new Run[] {
            run("a.1", 1, 0, 100, 110), run("a.2", 1, 1, 120, 125), run("a.2", 1, 2, 130, 135),
        };
        var ranTwice = new Run[] {
            run("a.1", 1, 0, 100, 110), run("a.1", 1, 1, 120, 125), run("a.2", 1, 2, 130, 135),
        };

        assertThat(judge(CHAINED, List.of(deletion), Map.of(), sentTwice).isGood())
                .isTrue();
        assertThat(judge(CHAINED, List.of(deletion), Map.of(), ranTwice).unexplained())
                .hasSize(1);

        var earlier = new Fault(7, Fault.Kind.DELETION, Fault.BROKER, -5_000, -4_900);
        assertThat(judge(CHAINED, List.of(earlier), Map.of(), sentTwice).isGood())
                .as("it is found out at the next delay")
                .isTrue();
        var longAgo = new Fault(7, Fault.Kind.DELETION, Fault.BROKER, -50_000, -49_900);
        assertThat(judge(CHAINED, List.of(longAgo), Map.of(), sentTwice).isGood())
                .isFalse();
    }

    @Test
    void aFaultOfTheFirstAttemptsHolderExplainsTwoSecondAttempts() {
        var runs = new Run[] {
            run("a", 1, 0, 100, 110), run("a", 2, 1, 700, 705), run("a", 2, 1, 710, 715),
        };

        assertThat(judge(RETRIED, List.of(kill(0, 112)), Map.of(), runs).isGood())
                .isTrue();
        assertThat(judge(RETRIED, List.of(kill(0, 99)), Map.of(), runs).isGood())
                .isFalse();
    }

    @Test
    void whatComesLaterOfTwoMessagesIsExplainedByTheSameFault() {
        var chain = new Errand("a", "chaos-classic-rpc", new Errand.Chained(3), 3);
        var runs = new Run[] {
            run("a.1", 1, 0, 100, 110),
            run("a.2", 1, 2, 5_000, 5_001),
            run("a.2", 1, 2, 6_000, 6_001),
            run("a.3", 1, 2, 7_000, 7_001),
            run("a.3", 1, 2, 8_000, 8_001)
        };

        assertThat(judge(chain, List.of(kill(0, 111)), Map.of(), runs).isGood()).isTrue();
        assertThat(judge(chain, List.of(kill(1, 111)), Map.of(), runs).unexplained())
                .hasSize(2);
    }

    private static Verdict judge(Errand errand, List<Fault> faults, Map<String, Integer> dead, Run... runs) {
        return Oracle.judge(
                List.of(new Sending(errand, 10, 50, Sending.Fate.CONFIRMED)),
                Arrays.asList(runs),
                dead,
                faults,
                SETTLE);
    }

    private static Fault kill(int worker, long at) {
        return new Fault(3, Fault.Kind.KILL, worker, at, at);
    }

    private static Run run(String key, int attempt, int worker, long start, long end) {
        return new Run(key, attempt, worker, start, end, false);
    }
}
