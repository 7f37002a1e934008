package dev.jtask.worker.celery.control;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Decides whether a request is for this worker, and finds and runs its command.
final class Dispatcher {

    private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);

    private final String nodeName;
    private final Map<String, Command> commands = new HashMap<>();

    Dispatcher(String nodeName) {
        this.nodeName = nodeName;
    }

    Dispatcher with(Map<String, Command> more) {
        commands.putAll(more);
        return this;
    }

    boolean isForUs(JsonNode request) {
        var destination = request.path("destination");
        if (destination.isArray() && !destination.isEmpty()) {
            return Answers.texts(destination).contains(nodeName);
        }
        var pattern = request.path("pattern").asText("");
        return switch (request.path("matcher").asText("")) {
            case "glob" -> glob(pattern).matcher(nodeName).matches();
            case "pcre" -> matches(pattern);
            default -> true;
        };
    }

    /// The command's reply; an unknown or failing command has one as well.
    Optional<JsonNode> run(JsonNode request) {
        var method = request.path("method").asText("");
        var command = commands.get(method);
        if (command == null) {
            return Optional.of(Answers.error("KeyError('%s')".formatted(method)));
        }
        try {
            return Optional.ofNullable(command.run(request.path("arguments")));
        } catch (RuntimeException e) {
            // the boundary of one command: the sender is told, and the next command is served
            LOG.warn("remote control command '{}' failed", method, e);
            return Optional.of(Answers.error("%s('%s')".formatted(e.getClass().getSimpleName(), e.getMessage())));
        }
    }

    private boolean matches(String pattern) {
        try {
            return Pattern.compile(pattern).matcher(nodeName).lookingAt();
        } catch (PatternSyntaxException e) {
            LOG.debug("a request with the pattern {} is for nobody", pattern, e);
            return false;
        }
    }

    private static Pattern glob(String glob) {
        var regex = new StringBuilder();
        for (int i = 0; i < glob.length(); i++) {
            char c = glob.charAt(i);
            switch (c) {
                case '*' -> regex.append(".*");
                case '?' -> regex.append('.');
                case '[', ']', '-' -> regex.append(c);
                default -> regex.append(Pattern.quote(String.valueOf(c)));
            }
        }
        try {
            return Pattern.compile(regex.toString().replace("[!", "[^"));
        } catch (PatternSyntaxException e) {
            return Pattern.compile(Pattern.quote(glob));
        }
    }
}
