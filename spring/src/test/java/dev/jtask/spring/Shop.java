package dev.jtask.spring;

import dev.jtask.client.TaskName;
import dev.jtask.client.TaskStub;
import dev.jtask.client.result.TaskHandle;
import dev.jtask.task.Task;
import dev.jtask.task.TaskContext;
import dev.jtask.task.request.TaskRequest;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Scope;
import org.springframework.context.annotation.ScopedProxyMode;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.EnableTransactionManagement;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/// An application with every kind of bean.
@SpringBootApplication
@EnableTransactionManagement
class Shop {

    @Bean
    PlatformTransactionManager transactionManager() {
        return new FakeTransactions();
    }

    @TaskStub
    @TaskName("shop")
    interface Tasks {
        TaskHandle<Boolean> byClass();

        TaskHandle<Boolean> byInterface();

        TaskHandle<Integer> anew();

        TaskHandle<Integer> scoped();

        TaskHandle<String> slow();

        TaskHandle<String> order(String what);
    }

    @TaskStub(queue = "elsewhere")
    interface Others {
        @TaskName("others.any")
        void any();
    }

    /// Spring makes a subclass of it.
    @Component
    static class ByClass {
        @Transactional
        @Task("shop.byClass")
        public boolean transactional() {
            return TransactionSynchronizationManager.isActualTransactionActive();
        }
    }

    interface Ledger {
        boolean book();
    }

    /// Spring makes a proxy of its interface only, and the annotation is on the class.
    @Component
    static class ByInterface implements Ledger {
        @Override
        @Transactional
        @Task("shop.byInterface")
        public boolean book() {
            return TransactionSynchronizationManager.isActualTransactionActive();
        }
    }

    /// Sends within its transaction.
    @Component
    static class Orders {
        @Transactional
        @Task("shop.order")
        public String order(TaskContext context, String what) {
            var id = context.send(TaskRequest.of("shipping.pack", what));
            if (what.isEmpty()) {
                throw new IllegalArgumentException("nothing is ordered");
            }
            return id;
        }
    }

    /// Runs elsewhere; here its queue is known.
    @Component
    static class Packing {
        @Task(value = "shipping.pack", queue = "${shop.shipping}")
        public void pack(String what) {}
    }

    @Component
    @Scope("prototype")
    static class Anew {
        private int runs;

        @Task("shop.anew")
        public int count() {
            return ++runs;
        }
    }

    @Component
    @Scope(value = "prototype", proxyMode = ScopedProxyMode.TARGET_CLASS)
    static class Scoped {
        private int runs;

        @Task("shop.scoped")
        public int count() {
            return ++runs;
        }
    }

    @Component
    static class Slow {
        final CountDownLatch started = new CountDownLatch(1);
        final CountDownLatch mayEnd = new CountDownLatch(1);
        final AtomicInteger ended = new AtomicInteger();

        @Task("shop.slow")
        public String run() throws InterruptedException {
            started.countDown();
            mayEnd.await(60, TimeUnit.SECONDS);
            ended.incrementAndGet();
            return "done";
        }
    }
}
