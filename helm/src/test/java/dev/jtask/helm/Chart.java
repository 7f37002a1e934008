package dev.jtask.helm;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.TemplateCommand;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// The chart, rendered as `helm install jtask helm/jtask --namespace tasks` would.
final class Chart {

    static final Path FOLDER = Path.of("jtask").toAbsolutePath();
    static final String NAMESPACE = "tasks";

    private static final KubernetesSerialization YAML = new KubernetesSerialization();

    private Chart() {}

    static Helm helm() {
        return new Helm(FOLDER);
    }

    /// @param values by dotted name
    /// @throws IllegalStateException when Helm refuses them
    static List<HasMetadata> render(Map<String, String> values) {
        return render("jtask", values);
    }

    static List<HasMetadata> render(String release, Map<String, String> values) {
        var template = template(release, NAMESPACE);
        values.forEach(template::set);
        return objects(template.call());
    }

    /// @param text that Kubernetes would be sent
    static List<HasMetadata> objects(String text) {
        Object parsed = YAML.unmarshal(text);
        return parsed instanceof List<?> list
                ? list.stream().map(HasMetadata.class::cast).toList()
                : List.of((HasMetadata) parsed);
    }

    static Map<?, ?> map(String yaml) {
        return YAML.unmarshal(yaml, Map.class);
    }

    /// The text that Kubernetes would be sent.
    static String text(String release, String namespace, Path values) {
        return template(release, namespace).withValuesFile(values).call();
    }

    private static TemplateCommand template(String release, String namespace) {
        return helm().template().withName(release).withKubeVersion("v1.36.0").withNamespace(namespace);
    }

    static <T extends HasMetadata> List<T> find(List<HasMetadata> objects, Class<T> type) {
        return objects.stream().filter(type::isInstance).map(type::cast).toList();
    }

    static <T extends HasMetadata> T find(List<HasMetadata> objects, Class<T> type, String name) {
        return find(objects, type).stream()
                .filter(object -> object.getMetadata().getName().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + type.getSimpleName() + " " + name));
    }
}
