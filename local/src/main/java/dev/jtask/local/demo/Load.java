package dev.jtask.local.demo;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jtask.client.TaskClient;
import dev.jtask.client.result.TaskHandle;
import dev.jtask.local.demo.Tally.Evidence;
import dev.jtask.protocol.result.TaskState;
import dev.jtask.task.request.TaskRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;

/// The demo's tasks: each picture in many widths.
final class Load {

    private static final int NARROWEST = 32;
    private static final int STEP = 4;

    private record Thumbnail(TaskHandle<JsonNode> handle, Path target, int width) {}

    private final List<Thumbnail> sent = new ArrayList<>();

    /// Sends the tasks; returns when the broker has confirmed all of them.
    ///
    /// @param folder for the thumbnails
    static Load send(TaskClient client, List<Path> pictures, Path folder, int count) {
        var load = new Load();
        var targets = IntStream.range(0, count)
                .mapToObj(number -> folder.resolve("thumbnail-%04d.jpg".formatted(number)))
                .toList();
        var requests = IntStream.range(0, count)
                .mapToObj(number -> TaskRequest.of(
                        "thumbnails.make",
                        pictures.get(number % pictures.size()).toString(),
                        targets.get(number).toString(),
                        width(number, pictures.size())))
                .toList();
        var handles = client.sendAll(requests);
        for (int number = 0; number < count; number++) {
            load.sent.add(new Thumbnail(handles.get(number), targets.get(number), width(number, pictures.size())));
        }
        return load;
    }

    private static int width(int number, int pictures) {
        return NARROWEST + STEP * (number / pictures);
    }

    int size() {
        return sent.size();
    }

    /// Tasks whose result has come back.
    int done() {
        return (int) sent.stream()
                .filter(task -> TaskState.isReady(task.handle().status()))
                .count();
    }

    Tally tally(Runs runs) {
        return Tally.of(sent.stream().map(task -> evidence(task, runs)).toList());
    }

    private static Evidence evidence(Thumbnail task, Runs runs) {
        var status = task.handle().status();
        var result = !TaskState.isReady(status)
                ? Evidence.Result.NONE
                : status.equals(TaskState.SUCCESS) ? Evidence.Result.SUCCESS : Evidence.Result.FAILURE;
        var thumbnail = isRight(task) ? Evidence.Thumbnail.RIGHT : Evidence.Thumbnail.WRONG_OR_MISSING;
        return new Evidence(result, thumbnail, runs.of(task.handle().id()));
    }

    private static boolean isRight(Thumbnail task) {
        try {
            var picture =
                    Files.exists(task.target()) ? ImageIO.read(task.target().toFile()) : null;
            return picture != null && picture.getWidth() == task.width();
        } catch (IOException e) {
            return false;
        }
    }
}
