package dev.jtask.local.kubernetes.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jtask.local.kubernetes.Yaml;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ColumnsTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        {metadata: {}, status: {phase: Running, containerStatuses: [{ready: true, restartCount: 2}]}}                            | 1/1 Running 2
        {metadata: {}, status: {phase: Pending, containerStatuses: [{state: {waiting: {reason: ErrImagePull}}}]}}               | 0/1 ErrImagePull 0
        {metadata: {deletionTimestamp: now}, status: {phase: Running, containerStatuses: [{ready: true}]}}                      | 1/1 Terminating 0
        """)
    void tellHowAPodIs(String pod, String cells) {
        assertThat(cells("Pod", pod)).isEqualTo(cells);
    }

    @Test
    void tellWhatAnEventIsAbout() {
        assertThat(cells("Event", "{type: Warning, reason: R, note: why, regarding: {kind: Pod, name: p}}"))
                .isEqualTo("Warning R Pod/p why");
        assertThat(cells("Event", "{type: Normal, reason: R, message: why, involvedObject: {kind: Pod, name: p}}"))
                .isEqualTo("Normal R Pod/p why");
    }

    @Test
    void areNoneForOtherKinds() {
        assertThat(Columns.of("Secret")).isEmpty();
    }

    private static String cells(String kind, String object) {
        return Columns.of(kind).stream()
                .map(column -> column.cell().apply(Yaml.of(object)))
                .collect(Collectors.joining(" "));
    }
}
