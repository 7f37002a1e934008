package dev.jtask.operator.broker;

/// A management API that did not do what was asked, with the cause that a person can act on.
public final class ManagementException extends RuntimeException {

    /// Why: decides the reason of the condition.
    public enum Cause {
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

        Cause(String reason) {
            this.reason = reason;
        }

        /// The condition's reason.
        public String reason() {
            return reason;
        }
    }

    private final Cause kind;

    /// @param message where, what and the fix; no credentials
    public ManagementException(Cause kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    /// @param message where, what and the fix; no credentials
    public ManagementException(Cause kind, String message) {
        super(message);
        this.kind = kind;
    }

    public Cause kind() {
        return kind;
    }
}
