package dev.jtask.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WorkerMetricsTest {

    @Test
    void countBusySlotsInEveryNotationOfPrometheus() {
        assertThat(WorkerMetrics.busySlots("# TYPE jtask_worker_busy_slots gauge\njtask_worker_busy_slots 3.0\n"))
                .isEqualTo(3);
        assertThat(WorkerMetrics.busySlots("jtask_worker_busy_slots{pool=\"p\"} 1.0E1\n"))
                .isEqualTo(10);
    }

    @Test
    void countNoneWhenTheyDoNotSay() {
        assertThat(WorkerMetrics.busySlots("jtask_worker_slots 3.0\n")).isZero();
    }
}
