package dev.jtask.operator.management;

import com.rabbitmq.http.client.JdkHttpClientHttpLayer;
import dev.jtask.oauth.OAuthLogin;
import dev.jtask.operator.secret.ManagementDoor;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// Who asks, as the header of a request says it.
interface Credentials {

    /// @throws NoTokenException when there is none to show
    String header();

    /// The broker did not take it.
    void refused();

    /// @param tokens for a door without a login of its own
    static Credentials of(ManagementDoor door, @Nullable OAuthLogin tokens) {
        var login = door.login();
        if (login != null) {
            return new Password(JdkHttpClientHttpLayer.authorization(login.user(), login.password()));
        }
        if (tokens == null) {
            throw new IllegalArgumentException("nobody is named who asks " + door);
        }
        return new Bearer(tokens);
    }

    /// The same for each request.
    record Password(String header) implements Credentials {

        @Override
        public void refused() {}

        @Override
        public String toString() {
            return "a password";
        }
    }

    /// Another one before it ends, and after it was refused.
    record Bearer(OAuthLogin tokens) implements Credentials {

        @Override
        public String header() {
            try {
                return "Bearer " + tokens.token();
            } catch (IOException e) {
                throw new NoTokenException(e);
            }
        }

        @Override
        public void refused() {
            tokens.refused();
        }
    }
}
