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

    public Fault fault() {
        return fault;
    }
}
