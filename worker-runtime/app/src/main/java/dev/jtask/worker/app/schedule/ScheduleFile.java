package dev.jtask.worker.app.schedule;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import dev.jtask.schedule.Schedule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A YAML list of schedules.
public final class ScheduleFile {

    private static final YAMLMapper YAML = YAMLMapper.builder(YAMLFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .build();

    /// A value that YAML takes for an alias or refuses, and in which a cron expression begins.
    private static final Pattern UNQUOTED = Pattern.compile("(^|[:{,\\[-])\\s*[*@]");

    private ScheduleFile() {}

    /// @param queues of the tasks whose entry names none; null for the scheduler's default
    /// @throws IllegalArgumentException with a sentence that names file, entry, field and fix
    public static List<Schedule> read(Path file, Function<String, @Nullable String> queues) {
        var entries = parse(file);
        if (!entries.isArray() || entries.isEmpty()) {
            throw new IllegalArgumentException(
                    "%s holds no list of schedules; begin each with '- name: …'".formatted(file));
        }
        var schedules = new ArrayList<Schedule>();
        var numbers = new LinkedHashMap<String, Integer>();
        for (var node : entries) {
            int number = schedules.size() + 1;
            var schedule = new ScheduleEntry(file.toString(), number, node).read(queues);
            var before = numbers.put(schedule.name(), number);
            if (before != null) {
                throw new IllegalArgumentException("%s: entries %d and %d, name: both are '%s'; rename one"
                        .formatted(file, before, number, schedule.name()));
            }
            schedules.add(schedule);
        }
        return schedules;
    }

    private static JsonNode parse(Path file) {
        try {
            return parse(file, Files.readString(file));
        } catch (NoSuchFileException e) {
            throw new IllegalArgumentException(
                    "there is no file %s; correct the path after --schedule".formatted(file), e);
        } catch (IOException e) {
            throw new IllegalArgumentException("cannot read %s: %s".formatted(file, e.getMessage()), e);
        }
    }

    private static JsonNode parse(Path file, String text) throws IOException {
        try {
            refuseWhatWouldBeMisread(file, text);
            return YAML.readTree(text);
        } catch (JsonProcessingException e) {
            int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
            throw new IllegalArgumentException(
                    "%s%s is not YAML: %s%s"
                            .formatted(file, line == 0 ? "" : ", line " + line, words(e), quotes(text, line)),
                    e);
        }
    }

    /// What the parser did and what it found, without the places between, which it draws.
    private static String words(JsonProcessingException e) {
        return e.getOriginalMessage()
                .lines()
                .filter(line -> !line.isBlank() && !Character.isWhitespace(line.charAt(0)))
                .collect(Collectors.joining(": "));
    }

    /// How to write what begins as a cron expression does; empty where nothing in the line does.
    private static String quotes(String text, int line) {
        // the place that is told is sometimes that of the field, and the value is in the line below
        boolean begins = text.lines().skip(Math.max(0, line - 1L)).limit(2).anyMatch(UNQUOTED.asPredicate());
        return begins ? "; put it in quotes: cron: \"*/5 * * * *\"" : "";
    }

    /// Jackson takes an alias for a text, and only the first of several documents.
    private static void refuseWhatWouldBeMisread(Path file, String text) throws IOException {
        try (var parser = (YAMLParser) YAML.createParser(text)) {
            int depth = 0;
            int documents = 0;
            for (var token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (parser.isCurrentAlias()) {
                    int line = parser.currentTokenLocation().getLineNr();
                    throw new IllegalArgumentException("%s, line %d: aliases are not supported; write the value out%s"
                            .formatted(file, line, quotes(text, line)));
                }
                documents += depth == 0 ? 1 : 0;
                depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
                if (documents > 1 && depth > 0) {
                    throw new IllegalArgumentException(
                            "%s, line %d: a second document begins; keep all schedules in one list"
                                    .formatted(file, parser.currentLocation().getLineNr()));
                }
            }
        }
    }
}
