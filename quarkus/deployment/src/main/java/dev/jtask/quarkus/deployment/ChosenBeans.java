package dev.jtask.quarkus.deployment;

import io.quarkus.arc.processor.BeanInfo;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Which beans run their tasks: as where a bean's class is injected, an alternative stands in its place, and any
/// bean in the place of a default one. Of two that stand on one step each is a bean of its own.
final class ChosenBeans {

    private final List<BeanInfo> all;

    ChosenBeans(Collection<BeanInfo> all) {
        this.all = List.copyOf(all);
    }

    boolean has(BeanInfo bean) {
        return bean.getImplClazz() != null
                && !bean.isInterceptor()
                && !bean.isDecorator()
                && all.stream().noneMatch(other -> standsFor(other, bean) && step(other) > step(bean));
    }

    private static boolean standsFor(BeanInfo other, BeanInfo bean) {
        return !other.equals(bean)
                && other.hasType(bean.getImplClazz().name())
                && other.getQualifiers().containsAll(bean.getQualifiers());
    }

    private static long step(BeanInfo bean) {
        if (bean.isAlternative()) {
            return priority(bean.getPriority());
        }
        return bean.isDefaultBean() ? -1 : 0;
    }

    private static long priority(@Nullable Integer declared) {
        return declared == null ? 1 : 1L + declared;
    }
}
