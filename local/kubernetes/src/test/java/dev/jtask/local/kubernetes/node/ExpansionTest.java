package dev.jtask.local.kubernetes.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpansionTest {

    @ParameterizedTest
    @CsvSource({
        "pool@$(POD), pool@p-1",
        "$(POD)$(POD), p-1p-1",
        "$(OTHER), $(OTHER)",
        "$$(POD), $(POD)",
        "$POD costs 5$, $POD costs 5$",
    })
    void isThatOfKubernetes(String value, String expanded) {
        assertThat(Expansion.expand(value, Map.of("POD", "p-1"))).isEqualTo(expanded);
    }
}
