package dev.jtask.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jtask.client.TaskClient;
import dev.jtask.testing.RabbitMqNode;
import dev.jtask.testing.RabbitMqTest;
import dev.jtask.worker.Worker;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@RabbitMqTest
class QuickstartIT {

    private static final Duration SOON = Duration.ofSeconds(60);

    @Test
    void runsEachTaskAsItsReadmeSays(RabbitMqNode node, @TempDir Path folder) throws IOException {
        var source = folder.resolve("large.png");
        ImageIO.write(new BufferedImage(400, 300, BufferedImage.TYPE_INT_RGB), "png", source.toFile());
        var target = folder.resolve("small.jpg");
        try (var worker = Worker.builder()
                        .broker(node.amqpUri())
                        .queues("quickstart")
                        .tasks(new Thumbnails())
                        .tasks(new Calculator())
                        .start();
                var client =
                        TaskClient.builder(node.amqpUri()).queue("quickstart").connect()) {
            assertThat(client.send("tasks.add", 4, 6).get(SOON).intValue()).isEqualTo(10);
            assertThat(client.send("thumbnails.make", source.toString(), target.toString(), 100)
                            .get(SOON)
                            .textValue())
                    .isEqualTo("100x75");
            assertThat(ImageIO.read(target.toFile()).getWidth()).isEqualTo(100);
            assertThatThrownBy(() -> client.send("tasks.divide", 1, 0).get(SOON))
                    .hasMessageContaining("/ by zero");
            assertThat(worker.isReady()).isTrue();
        }
    }
}
