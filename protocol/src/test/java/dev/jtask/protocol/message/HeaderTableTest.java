package dev.jtask.protocol.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class HeaderTableTest {

    private final LinkedHashMap<String, @Nullable Object> headers = new LinkedHashMap<>();

    @Test
    void keepsNullsAndTheOrder() {
        headers.put("eta", null);
        headers.put("task", "shop.mail");
        var table = HeaderTable.copyOf(headers);

        assertThat(table).isEqualTo(headers).hasSize(2);
        assertThat(table.keySet()).containsExactly("eta", "task");
        assertThat(table.containsKey("eta")).isTrue();
        assertThat(table.get("task")).isEqualTo("shop.mail");
    }

    @Test
    void nobodyChangesIt() {
        headers.put("task", "shop.mail");
        var table = HeaderTable.copyOf(headers);
        headers.put("task", "shop.other");

        assertThat(table.get("task")).isEqualTo("shop.mail");
        assertThatThrownBy(() -> table.put("id", "1")).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(table::clear).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> table.remove("task")).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void isNotCopiedAgain() {
        var table = HeaderTable.copyOf(Map.of("task", "shop.mail"));

        assertThat(HeaderTable.copyOf(table)).isSameAs(table);
    }

    @Test
    void aPartShowsNothingElse() {
        headers.put("task", "shop.mail");
        headers.put("x-mine", null);
        var part = HeaderTable.part(headers, name -> name.startsWith("x-"));

        assertThat(part.get("task")).isNull();
        assertThat(part.containsKey("task")).isFalse();
        assertThat(part.containsKey("x-mine")).isTrue();
        var mine = new LinkedHashMap<String, @Nullable Object>();
        mine.put("x-mine", null);
        assertThat(part).isEqualTo(mine);
        assertThat(part.values()).hasSize(1);
        assertThat(HeaderTable.copyOf(part)).isSameAs(part);
        assertThatThrownBy(part::clear).isInstanceOf(UnsupportedOperationException.class);
    }
}
