package dev.jtask.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jtask.local.kubernetes.api.EmbeddedKubernetes;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class InformerEndsTest {

    private final List<String> ends = new ArrayList<>();
    private final InformerEnds handler = new InformerEnds(() -> ends.add("end"));

    @Test
    void theProcessEndsWithAnInformerThatEndedByAnError() {
        try (var kubernetes = EmbeddedKubernetes.start();
                var client = kubernetes.client()) {
            var informer = client.pods().inNamespace("shop").runnableInformer(0);

            handler.onStop(informer, null);
            assertThat(ends).as("an orderly stop").isEmpty();

            handler.onStop(informer, new IllegalStateException("cannot be read: " + Pod.class));
            assertThat(ends).containsExactly("end");
        }
    }
}
