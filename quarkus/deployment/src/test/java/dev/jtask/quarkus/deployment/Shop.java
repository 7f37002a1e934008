package dev.jtask.quarkus.deployment;

import dev.jtask.client.TaskName;
import dev.jtask.client.TaskStub;
import dev.jtask.client.result.TaskHandle;
import dev.jtask.task.Task;
import dev.jtask.task.TaskContext;
import dev.jtask.task.TaskSchedule;
import dev.jtask.task.request.TaskRequest;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import jakarta.transaction.Status;
import jakarta.transaction.TransactionSynchronizationRegistry;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// An application with every kind of bean.
class Shop {

    record Parcel(String to, int weight) {}

    @TaskStub
    @TaskName("shop")
    interface Tasks {
        TaskHandle<Boolean> transactional();

        TaskHandle<Integer> anew();

        TaskHandle<Integer> perRun();

        TaskHandle<String> scopeless(String what);

        TaskHandle<String> greet(String name);

        TaskHandle<String> made();

        TaskHandle<String> say();

        TaskHandle<Integer> weigh(List<Parcel> parcels);

        TaskHandle<String> ship(String what);
    }

    @TaskStub(queue = "${shop.elsewhere}")
    interface Others {
        @TaskName("others.any")
        TaskHandle<String> any();
    }

    @ApplicationScoped
    static class Normal {
        private final TransactionSynchronizationRegistry transactions;

        Normal(TransactionSynchronizationRegistry transactions) {
            this.transactions = transactions;
        }

        @Transactional
        @Task("shop.transactional")
        public boolean transactional() {
            return transactions.getTransactionStatus() == Status.STATUS_ACTIVE;
        }

        @Task("shop.weigh")
        public int weigh(List<Parcel> parcels) {
            return parcels.stream().mapToInt(Parcel::weight).sum();
        }
    }

    @Dependent
    static class Anew {
        static final AtomicInteger DESTROYED = new AtomicInteger();
        private int runs;

        @Task("shop.anew")
        public int anew() {
            return ++runs;
        }

        @PreDestroy
        void end() {
            DESTROYED.incrementAndGet();
        }
    }

    @RequestScoped
    static class Basket {
        private int count;

        int put() {
            return ++count;
        }
    }

    @Singleton
    static class PerRun {
        private final Basket basket;

        PerRun(Basket basket) {
            this.basket = basket;
        }

        @Task("shop.perRun")
        public int perRun() {
            basket.put();
            return basket.put();
        }
    }

    /// Sends what runs elsewhere; here its queue is known.
    @Singleton
    static class Shipping {
        @Task("shop.ship")
        public String ship(TaskContext context, String what) {
            return context.send(TaskRequest.of("shipping.pack", what));
        }

        @Task(value = "shipping.pack", queue = "${shop.shipping}")
        public void pack(String what) {}
    }

    /// No scope of its own.
    static class Scopeless {
        @Task("shop.scopeless")
        public String scopeless(String what) {
            return what;
        }
    }

    interface Greeting {
        @Task("shop.greet")
        String greet(String name);
    }

    @ApplicationScoped
    static class Polite implements Greeting {
        @Override
        public String greet(String name) {
            return "Dear " + name;
        }
    }

    static class Made {
        private final String by;

        Made(String by) {
            this.by = by;
        }

        @Task("shop.made")
        public String made() {
            return by;
        }
    }

    @Dependent
    static class Maker {
        @Produces
        @Singleton
        Made made() {
            return new Made("the maker");
        }
    }

    @ApplicationScoped
    static class Soft {
        @Task("shop.say")
        public String say() {
            return "softly";
        }
    }

    @Alternative
    @Priority(1)
    @ApplicationScoped
    static class Loud extends Soft {
        @Override
        public String say() {
            return "LOUDLY";
        }
    }

    @Singleton
    static class Clockwork {
        static final CountDownLatch STRUCK = new CountDownLatch(1);

        @Task("shop.strike")
        @TaskSchedule(every = "${shop.period:1h}")
        public void strike() {
            STRUCK.countDown();
        }

        static boolean struck() throws InterruptedException {
            return STRUCK.await(60, TimeUnit.SECONDS);
        }
    }
}
