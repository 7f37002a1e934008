package dev.jtask.spring.outbox;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.transaction.ConfigurableTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionExecution;
import org.springframework.transaction.TransactionExecutionListener;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/// Has every transaction manager of the application tell when a transaction begins, and what it bound to the thread.
public final class Begins implements BeanPostProcessor {

    @Override
    public Object postProcessAfterInitialization(Object bean, String name) {
        // a reactive one begins on one thread and goes on on another
        if (bean instanceof PlatformTransactionManager && bean instanceof ConfigurableTransactionManager manager) {
            manager.addListener(new AtBegin());
        }
        return bean;
    }

    /// No bean of its own, or Spring Boot would add it as well.
    private static final class AtBegin implements TransactionExecutionListener {

        /// What was bound to the thread before. A transaction that waits for another to end is no longer bound; one of
        /// another manager is.
        private record Before(Set<Object> resources) {}

        /// Of this listener alone, since a manager may have it twice.
        private record Key(AtBegin listener, TransactionExecution transaction) {}

        @Override
        public void beforeBegin(TransactionExecution transaction) {
            if (transaction.isNewTransaction()) {
                var before = new Before(resources());
                TransactionSynchronizationManager.bindResource(new Key(this, transaction), before);
            }
        }

        @Override
        public void afterBegin(TransactionExecution transaction, @Nullable Throwable failure) {
            var bound = TransactionSynchronizationManager.unbindResourceIfPossible(new Key(this, transaction));
            if (bound instanceof Before before
                    && failure == null
                    && TransactionSynchronizationManager.isSynchronizationActive()) {
                var taken = resources();
                taken.removeIf(before.resources()::contains);
                Phase.begin(taken);
            }
        }

        private static Set<Object> resources() {
            Set<Object> same = Collections.newSetFromMap(new IdentityHashMap<>());
            same.addAll(TransactionSynchronizationManager.getResourceMap().values());
            return same;
        }
    }
}
