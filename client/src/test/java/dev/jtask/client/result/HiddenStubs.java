package dev.jtask.client.result;

import dev.jtask.client.TaskName;

/// Interfaces that nobody outside of this package may see, as those of most users.
public final class HiddenStubs {

    private HiddenStubs() {}

    @TaskName("mail")
    interface Mails {
        TaskHandle<String> welcome(String to);

        default String greeting(String name) {
            return "Dear " + name + all("!", "?");
        }

        default String all(String... marks) {
            return String.join("", marks);
        }

        default String same() throws Exception {
            throw new Exception("the task's own");
        }
    }

    /// Whose body is the newer one.
    @TaskName("mail")
    interface Letters extends Mails {
        @Override
        default String greeting(String name) {
            return "Hello " + name;
        }
    }

    /// @param stub of one of the interfaces here
    public static String greeting(Object stub, String name) {
        return ((Mails) stub).greeting(name);
    }

    public static void fails(Object stub) throws Exception {
        ((Mails) stub).same();
    }

    public static Class<?> mails() {
        return Mails.class;
    }

    public static Class<?> letters() {
        return Letters.class;
    }
}
