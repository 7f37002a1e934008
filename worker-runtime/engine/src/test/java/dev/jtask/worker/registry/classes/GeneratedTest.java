package dev.jtask.worker.registry.classes;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import org.junit.jupiter.api.Test;

/// The names that containers give to what they generate.
@SuppressWarnings("ClassNamedLikeTypeParameter")
class GeneratedTest {

    static class Bean {}

    static class Bean$$SpringCGLIB$$0 extends Bean {}

    static class Bean$$EnhancerByGuice$$1a2b extends Bean {}

    static class Bean_ClientProxy extends Bean {}

    static class Bean_Subclass extends Bean {}

    static class Bean_Subclass_ClientProxy extends Bean_Subclass {}

    static class Bean$Proxy$_$$_WeldClientProxy extends Bean {}

    static class Bean$HibernateProxy$xyz extends Bean {}

    static class $Bean$Definition$Intercepted extends Bean {}

    static class Bean$$anonfun$1 extends Bean {}

    static class Order_Subclass {}

    static class Configuration$$SpringCGLIB$$0 extends Bean implements EnhancedConfiguration {}

    interface EnhancedConfiguration {}

    @Test
    void whatAContainerMadeIsKnownByItsName() {
        for (var type : new Class<?>[] {
            Bean$$SpringCGLIB$$0.class,
            Bean$$EnhancerByGuice$$1a2b.class,
            Bean_ClientProxy.class,
            Bean_Subclass.class,
            Bean_Subclass_ClientProxy.class,
            Bean$Proxy$_$$_WeldClientProxy.class,
            Bean$HibernateProxy$xyz.class,
            $Bean$Definition$Intercepted.class
        }) {
            assertThat(Generated.is(type)).as(type.getName()).isTrue();
            assertThat(Generated.origin(type)).as(type.getName()).isEqualTo(Bean.class);
        }
        assertThat(Generated.is(Bean.class)).isFalse();
        assertThat(Generated.is(Bean$$anonfun$1.class)).as("of a Scala user").isFalse();
        assertThat(Generated.is(Order_Subclass.class)).as("of no other class").isFalse();
    }

    @Test
    void aDynamicProxyHasNoOtherOrigin() {
        var proxy = Proxy.newProxyInstance(
                        getClass().getClassLoader(), new Class<?>[] {Runnable.class}, (self, method, args) -> null)
                .getClass();
        assertThat(Generated.is(proxy)).isTrue();
        assertThat(Generated.origin(proxy)).isEqualTo(proxy);
        assertThat(Generated.standsBefore(proxy)).isFalse();
    }

    @Test
    void someStandBeforeTheBeanAndSomeAreIt() {
        assertThat(Generated.standsBefore(Bean$$SpringCGLIB$$0.class)).isTrue();
        assertThat(Generated.standsBefore(Bean_ClientProxy.class)).isTrue();
        assertThat(Generated.standsBefore(Bean$Proxy$_$$_WeldClientProxy.class)).isTrue();
        assertThat(Generated.standsBefore(Bean_Subclass.class)).isFalse();
        assertThat(Generated.standsBefore(Configuration$$SpringCGLIB$$0.class)).isFalse();
        assertThat(Generated.standsBefore(Bean.class)).isFalse();
    }
}
