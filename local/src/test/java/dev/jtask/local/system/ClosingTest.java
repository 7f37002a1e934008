package dev.jtask.local.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClosingTest {

    private final List<String> closed = new ArrayList<>();

    @Test
    void closesTheLastFirstAndAllWhateverFails() {
        var closing = new Closing();
        closing.add(() -> closed.add("broker"));
        closing.add(() -> {
            throw new IOException("gone already");
        });
        closing.add(() -> closed.add("operator"));

        closing.close();
        closing.close();

        assertThat(closed).containsExactly("operator", "broker");
    }
}
