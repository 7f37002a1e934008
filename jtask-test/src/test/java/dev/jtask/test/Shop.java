package dev.jtask.test;

import dev.jtask.task.Task;
import dev.jtask.task.TaskContext;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// Tasks of a shop, whose bank may be away.
public class Shop {

    /// What a shop's bank does.
    interface Bank {
        void charge(String customer);
    }

    /// Thrown while the bank is away.
    static final class BankAway extends RuntimeException {
        private static final long serialVersionUID = 1L;

        BankAway() {
            super("no answer from the bank");
        }
    }

    private final Bank bank;
    final List<String> done = new CopyOnWriteArrayList<>();

    Shop(Bank bank) {
        this.bank = bank;
    }

    @Task("shop.add")
    public int add(int x, int y) {
        return x + y;
    }

    @Task(value = "shop.charge", retryFor = BankAway.class, retryDelay = "1s", maxRetries = 2)
    public String charge(String customer) {
        bank.charge(customer);
        return "charged " + customer;
    }

    @Task(value = "shop.mail", queue = "mails")
    public void mail(String to) {
        done.add("mail to " + to);
    }

    @Task("shop.order")
    public String order(String customer, TaskContext context) {
        context.progress("packing");
        context.send("shop.mail", customer);
        return context.id();
    }

    @Task(value = "shop.pick", retryFor = BankAway.class, retryDelay = "1s")
    public int pick(String customer, TaskContext context) {
        context.emit("boots");
        bank.charge(customer);
        context.emit("hat");
        return 2;
    }

    @Task("shop.check")
    public void check(String customer, TaskContext context) {
        throw context.reject("nobody is called " + customer);
    }

    @Task("shop.later")
    public int later(TaskContext context) {
        if (context.attempt() == 1) {
            throw context.retry(Duration.ofSeconds(1));
        }
        return context.attempt();
    }

    @Task("shop.report")
    public void report() {
        done.add("report");
    }
}
