package dev.jtask.worker.app.options;

import dev.jtask.broker.BrokerOptions;
import dev.jtask.oauth.LoginSettings;
import java.util.Locale;

/// A login with tokens of OAuth 2, where one is wanted.
final class LoginOptions {

    private LoginOptions() {}

    static BrokerOptions withOAuth(BrokerOptions broker, Variables variables) {
        var settings = new LoginSettings(
                variables.text(variable("token-uri"), ""),
                variables.text(variable("client-id"), ""),
                variables.text(variable("client-secret"), ""),
                variables.file(variable("client-secret-file")),
                variables.text(variable("scope"), ""),
                variables.text(variable("audience"), ""),
                variables.file(variable("ca")));
        var login = settings.login(LoginOptions::variable);
        try {
            return login.map(broker::withOAuth).orElse(broker);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "JTASK_BROKER_URI: %s (%s)".formatted(e.getMessage(), variable("token-uri")), e);
        }
    }

    private static String variable(String name) {
        return "JTASK_OAUTH_" + name.replace('-', '_').toUpperCase(Locale.ROOT);
    }
}
