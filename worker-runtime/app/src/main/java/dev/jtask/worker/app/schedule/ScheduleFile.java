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
import org.jspecify.annotations.Nullable;

/// A YAML list of schedules.
public final class ScheduleFile {

    private static final YAMLMapper YAML = YAMLMapper.builder(YAMLFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .build();

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
            var text = Files.readString(file);
            refuseWhatWouldBeMisread(file, text);
            return YAML.readTree(text);
        } catch (NoSuchFileException e) {
            throw new IllegalArgumentException(
                    "there is no file %s; correct the path after --schedule".formatted(file), e);
        } catch (JsonProcessingException e) {
            var place =
                    e.getLocation() == null ? "" : ", line " + e.getLocation().getLineNr();
            throw new IllegalArgumentException(
                    "%s%s is not YAML: %s"
                            .formatted(
                                    file,
                                    place,
                                    e.getOriginalMessage().lines().findFirst().orElse("")),
                    e);
        } catch (IOException e) {
            throw new IllegalArgumentException("cannot read %s: %s".formatted(file, e.getMessage()), e);
        }
    }

    /// Jackson takes an alias for a text, and only the first of several documents.
    private static void refuseWhatWouldBeMisread(Path file, String text) throws IOException {
        try (var parser = (YAMLParser) YAML.createParser(text)) {
            int depth = 0;
            int documents = 0;
            for (var token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (parser.isCurrentAlias()) {
                    throw new IllegalArgumentException("%s, line %d: aliases are not supported; write the value out"
                            .formatted(file, parser.currentLocation().getLineNr()));
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
