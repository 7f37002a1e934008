package dev.jtask.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jtask.broker.AfterCommit;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/// Whose transactions are joined by what is sent.
class SendAfterCommitTest {

    private final AfterCommit own = send -> true;

    @Test
    void aBeanOfTheApplicationIsAskedUnlessThePropertySaysAtOnce() {
        assertThat(joined(Map.of(), own)).isSameAs(own);
        assertThat(joined(Map.of("jtask.send-after-commit", "true"), own)).isSameAs(own);
        assertThat(joined(Map.of("jtask.send-after-commit", "false"), own)).isSameAs(AfterCommit.NONE);
    }

    @Test
    void withoutOneEverythingIsSentAtOnce() {
        assertThat(joined(Map.of(), null)).isSameAs(AfterCommit.NONE);
    }

    private static AfterCommit joined(Map<String, String> properties, @Nullable AfterCommit bean) {
        var beans = new StaticListableBeanFactory();
        if (bean != null) {
            beans.addBean("transactions", bean);
        }
        var jtask =
                new Binder(new MapConfigurationPropertySource(properties)).bindOrCreate("jtask", JtaskProperties.class);
        return jtask.transactions(beans.getBeanProvider(AfterCommit.class));
    }
}
