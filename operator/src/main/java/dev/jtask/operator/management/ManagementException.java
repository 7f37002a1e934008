package dev.jtask.operator.management;

/// A management API that did not do what was asked, with the cause that a person can act on.
public final class ManagementException extends RuntimeException {

    /// Why: decides the reason of the condition.
    public enum Fault {
        /// No answer, or an answer that is not the management API's.
        UNREACHABLE("BrokerUnreachable"),
        /// User or password are wrong, or the user may not use the API.
        CREDENTIALS("CredentialsRejected"),
        /// There is no such vhost.
        NO_VHOST("VhostMissing"),
        /// The user may not see the vhost or do that in it.
        PERMISSION("PermissionDenied"),
        /// The broker refused what was asked.
        REFUSED("RequestRefused");

        private final String reason;

        Fault(String reason) {
            this.reason = reason;
        }

        /// The condition's reason.
        public String reason() {
            return reason;
        }
    }

    private final Fault fault;

    /// @param message where, what and the fix; no credentials
    public ManagementException(Fault fault, String message, Throwable cause) {
        super(message, cause);
        this.fault = fault;
    }

    /// @param message where, what and the fix; no credentials
    public ManagementException(Fault fault, String message) {
        super(message);
        this.fault = fault;
    }

    /// That nothing at an address is a management API that answers, in the same words whatever is there instead: a
    /// status must not tell whoever may write a Secret what listens in the operator's network.
    ///
    /// @param where without credentials
    /// @param cause for the operator's own log
    public static ManagementException unreachable(String where, Throwable cause) {
        return new ManagementException(
                Fault.UNREACHABLE,
                "%s does not answer as a management API; is the broker up, its management plugin enabled, the port right, and does ca.crt vouch for its certificate? managementUri in the Secret names another address; the operator's log has the cause"
                        .formatted(where),
                cause);
    }

    public Fault fault() {
        return fault;
    }

    /// The message with what lies behind it, for the operator's own log.
    public String inFull() {
        Throwable root = this;
        while (root.getCause() != null && !(root instanceof NotManagementException)) {
            root = root.getCause();
        }
        if (root.equals(this)) {
            return String.valueOf(getMessage());
        }
        var words = root.getMessage();
        var type = root.getClass().getSimpleName();
        return "%s (%s)".formatted(getMessage(), words == null || words.isBlank() ? type : type + ": " + words);
    }
}
