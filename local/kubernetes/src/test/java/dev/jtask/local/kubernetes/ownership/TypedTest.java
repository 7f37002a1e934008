package dev.jtask.local.kubernetes.ownership;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jtask.local.kubernetes.Yaml;
import dev.jtask.local.kubernetes.schema.Element;
import java.util.LinkedHashMap;
import org.junit.jupiter.api.Test;

class TypedTest {

    private static final Typed POD = Types.pod("""
        metadata: {finalizers: [a, b]}
        spec: {nodeSelector: {disk: ssd}, containers: [{name: c, args: [x]}, {name: d}]}
        """);
    private static final Typed SPEC = part(POD, "spec");

    @Test
    void hasFieldsAndKeyedItemsAsParts() {
        assertThat(SPEC.parts().keySet()).containsExactly(Element.field("nodeSelector"), Element.field("containers"));
        assertThat(part(SPEC, "containers").parts().keySet())
                .containsExactly(new Element("k:{\"name\":\"c\"}"), new Element("k:{\"name\":\"d\"}"));
        assertThat(part(part(POD, "metadata"), "finalizers").parts().keySet())
                .containsExactly(new Element("v:\"a\""), new Element("v:\"b\""));
    }

    @Test
    void isWholeWhereTheSchemaSaysAtomicAndWhereThereIsNothingInside() {
        assertThat(part(SPEC, "nodeSelector").isWhole()).isTrue();
        var container = part(part(SPEC, "containers"), new Element("k:{\"name\":\"c\"}"));
        assertThat(part(container, "args").isWhole()).isTrue();
        assertThat(part(container, "name").isWhole()).isTrue();
        assertThat(SPEC.isWhole()).isFalse();
    }

    @Test
    void isMadeAgainOfOtherParts() {
        var containers = part(SPEC, "containers");
        var first = new LinkedHashMap<Element, JsonNode>();
        first.put(new Element("k:{\"name\":\"d\"}"), Yaml.of("{name: d}"));

        assertThat(containers.with(first).toString()).isEqualTo("[{\"name\":\"d\"}]");
    }

    private static Typed part(Typed of, String name) {
        return part(of, Element.field(name));
    }

    private static Typed part(Typed of, Element element) {
        return of.parts().getOrDefault(element, Typed.NOTHING);
    }
}
