package dev.jtask.operator.management;

import com.rabbitmq.http.client.HttpClientException;
import com.rabbitmq.http.client.HttpException;
import dev.jtask.operator.secret.ManagementDoor;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// What a failed call means, in a sentence that ends with the fix. It stands in a status: whoever may read pools need
/// not know the broker's users, so none is named.
final class Diagnosis {

    private final ManagementDoor access;
    private final BooleanSupplier mayLogIn;

    /// @param mayLogIn asks the broker: it answers 401 to a wrong password and to a missing permission alike
    Diagnosis(ManagementDoor access, BooleanSupplier mayLogIn) {
        this.access = access;
        this.mayLogIn = mayLogIn;
    }

    /// @param what the call, so that it can follow "may not" and "refused to"
    ManagementException of(String what, HttpException failure) {
        if (failure instanceof NoTokenException) {
            return new ManagementException(
                    ManagementException.Fault.CREDENTIALS,
                    "there is no token for %s; is the server of oauthTokenUri in the Secret up, and are oauthClientId, oauthClientSecret and oauth-ca.crt right? The operator's log has the cause"
                            .formatted(access.uri()),
                    failure);
        }
        var status = failure instanceof HttpClientException refused ? refused.status() : 0;
        return switch (status) {
            case 401 -> mayLogIn.getAsBoolean() ? noPermission(what, failure) : rejected(failure);
            case 404 -> new ManagementException(ManagementException.Fault.NO_VHOST, noVhostSentence(), failure);
            case 400, 403, 405 ->
                new ManagementException(
                        ManagementException.Fault.REFUSED,
                        "%s refused to %s (%s)".formatted(access.uri(), what, nameless(failure.getMessage())),
                        failure);
            default -> ManagementException.unreachable(access.uri().toString(), failure);
        };
    }

    ManagementException noVhost() {
        return new ManagementException(ManagementException.Fault.NO_VHOST, noVhostSentence());
    }

    /// To bind.
    ManagementException noQueue(String queue, HttpException failure) {
        return new ManagementException(
                ManagementException.Fault.REFUSED,
                "vhost %s of %s has no queue %s to bind; was it deleted meanwhile? It is created at the next try"
                        .formatted(access.vhost(), access.uri(), queue),
                failure);
    }

    private ManagementException noPermission(String what, HttpException failure) {
        if (access.login() == null) {
            return new ManagementException(
                    ManagementException.Fault.PERMISSION,
                    "the token of the Secret's client may not %s in vhost %s of %s; give the client scopes such as <resource_server_id>.configure:%s/*"
                            .formatted(what, access.vhost(), access.uri(), scoped(access.vhost())),
                    failure);
        }
        return new ManagementException(
                ManagementException.Fault.PERMISSION,
                "the Secret's user may not %s in vhost %s of %s; grant it with: rabbitmqctl set_permissions -p %s USER '.*' '.*' '.*'"
                        .formatted(what, access.vhost(), access.uri(), access.vhost()),
                failure);
    }

    private ManagementException rejected(HttpException failure) {
        if (access.login() == null) {
            return new ManagementException(
                    ManagementException.Fault.CREDENTIALS,
                    "%s does not take the token of the Secret's client: enable rabbitmq_auth_backend_oauth2 there with the issuer's key, let the token's audience be its resource_server_id, and give the client the scope <resource_server_id>.tag:management; or name a user of its own in managementUri"
                            .formatted(access.uri()),
                    failure);
        }
        return new ManagementException(
                ManagementException.Fault.CREDENTIALS,
                "%s rejected the Secret's user: correct the password in the Secret, or give the user the tag management (rabbitmqctl set_user_tags USER management)"
                        .formatted(access.uri()),
                failure);
    }

    private String noVhostSentence() {
        return "%s has no vhost %s; create it (rabbitmqctl add_vhost %s) or correct the vhost in the Secret"
                .formatted(access.uri(), access.vhost(), access.vhost());
    }

    /// A broker quotes users in its refusals.
    private String nameless(@Nullable String words) {
        var login = access.login();
        return login == null
                ? String.valueOf(words)
                : String.valueOf(words).replace("'" + login.user() + "'", "'USER'");
    }

    private static String scoped(String vhost) {
        return vhost.equals("/") ? "%2F" : vhost;
    }
}
