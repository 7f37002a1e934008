package dev.jtask.operator.depth;

import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.impl.ConnectionParams;
import dev.jtask.oauth.OAuthLogin;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Opens one connection that logs in with a token, is told of the next ones, and ends with the last.
final class TokenFactory extends ConnectionFactory {

    private static final int FAREWELL_MS = 2_000;

    private final OAuthLogin tokens;
    private final AtomicReference<@Nullable Connection> open = new AtomicReference<>();

    TokenFactory(OAuthLogin tokens) {
        this.tokens = tokens;
    }

    @Override
    public ConnectionParams params(ExecutorService consumers) {
        var params = super.params(consumers);
        tokens.prepare(params, this::cut);
        return params;
    }

    void opened(Connection connection) {
        open.set(connection);
    }

    private void cut() {
        var connection = open.get();
        if (connection != null) {
            connection.abort(FAREWELL_MS);
        }
    }
}
