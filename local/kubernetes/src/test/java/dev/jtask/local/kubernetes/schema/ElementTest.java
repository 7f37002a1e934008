package dev.jtask.local.kubernetes.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.jtask.local.kubernetes.Yaml;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ElementTest {

    private static final Identity PORTS = new Identity.ByKeys(
            Map.of("protocol", TextNode.valueOf("TCP"), "containerPort", MissingNode.getInstance()));

    @Test
    void tellsItemsApartByTheirKeysInOrderAndWithDefaults() {
        assertThat(Element.item(PORTS, Yaml.of("{containerPort: 80, name: http}"), 3))
                .isEqualTo(new Element("k:{\"containerPort\":80,\"protocol\":\"TCP\"}"));
        assertThat(Element.item(PORTS, Yaml.of("{protocol: UDP, containerPort: 80}"), 3))
                .isEqualTo(new Element("k:{\"containerPort\":80,\"protocol\":\"UDP\"}"));
    }

    @Test
    void leavesOutAKeyThatHasNoValue() {
        assertThat(Element.item(PORTS, Yaml.of("{name: http}"), 3)).isEqualTo(new Element("k:{\"protocol\":\"TCP\"}"));
    }

    @Test
    void tellsItemsOfASetApartByThemselvesAndOthersByTheirPlace() {
        var item = TextNode.valueOf("a");

        assertThat(Element.item(new Identity.ByValue(), item, 3)).isEqualTo(new Element("v:\"a\""));
        assertThat(Element.item(new Identity.Atomic(), item, 3)).isEqualTo(new Element("i:3"));
    }

    @Test
    void readsInMessagesAsTheApiServerWritesIt() {
        assertThat(Element.field("spec").text()).isEqualTo(".spec");
        assertThat(new Element("k:{\"containerPort\":80,\"protocol\":\"TCP\"}").text())
                .isEqualTo("[containerPort=80,protocol=\"TCP\"]");
        assertThat(new Element("v:\"a\"").text()).isEqualTo("[=\"a\"]");
        assertThat(new Element("i:3").text()).isEqualTo("[3]");
    }
}
