package dev.jtask.operator.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.jtask.local.kubernetes.api.EmbeddedKubernetes;
import dev.jtask.operator.leadership.NotLeadingException;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class KubernetesPodAnnotatorTest {

    private static final Pod POD = new PodBuilder()
            .withNewMetadata()
            .withName("shop-1")
            .withNamespace("default")
            .addToAnnotations("kept", "as it is")
            .endMetadata()
            .build();

    private final AtomicBoolean leads = new AtomicBoolean(true);
    private EmbeddedKubernetes kubernetes;
    private KubernetesClient client;
    private KubernetesPodAnnotator annotator;

    @BeforeEach
    void start() {
        kubernetes = EmbeddedKubernetes.start();
        client = kubernetes.client();
        annotator = new KubernetesPodAnnotator(client, leads::get);
    }

    @AfterEach
    void stop() {
        client.close();
        kubernetes.close();
    }

    @Test
    void marksAPodAndLeavesItsOtherAnnotations() {
        client.resource(POD).create();

        annotator.annotate(POD, "marked", "1");

        assertThat(client.resource(POD).get().getMetadata().getAnnotations())
                .containsEntry("marked", "1")
                .containsEntry("kept", "as it is");
    }

    @Test
    void aPodThatIsGoneIsNoneToMarkAndNoneToMake() {
        assertThatCode(() -> annotator.annotate(POD, "marked", "1")).doesNotThrowAnyException();

        assertThat(client.resource(POD).get()).isNull();
    }

    @Test
    void whoLeadsNoMoreMarksNothing() {
        leads.set(false);

        assertThatExceptionOfType(NotLeadingException.class).isThrownBy(() -> annotator.annotate(POD, "marked", "1"));

        assertThat(kubernetes.requests()).isEmpty();
    }
}
