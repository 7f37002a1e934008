package dev.jtask.examples.quickstart;

import dev.jtask.task.Task;
import dev.jtask.task.TaskContext;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import javax.imageio.ImageIO;

/// Makes small pictures of large ones.
public final class Thumbnails {

    /// Writes a picture of the given width, in pixels, with the proportions of the source.
    ///
    /// The file appears whole or not at all, and a second run replaces it by the same: a task may run twice, when a
    /// worker is lost after the work and before its acknowledgement.
    ///
    /// @return the size of the thumbnail, such as `160x120`
    @Task("thumbnails.make")
    public String make(String source, String target, int width, TaskContext context) throws IOException {
        var picture = ImageIO.read(Path.of(source).toFile());
        if (picture == null) {
            throw new IOException("%s is no picture".formatted(source));
        }
        int height = Math.max(1, Math.round((float) picture.getHeight() * width / picture.getWidth()));
        var small = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        var graphics = small.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
        graphics.drawImage(picture, 0, 0, width, height, null);
        graphics.dispose();
        write(small, Path.of(target), context.id());
        return width + "x" + height;
    }

    private static void write(BufferedImage picture, Path target, String id) throws IOException {
        var folder = target.toAbsolutePath().getParent();
        var unfinished = Files.createTempFile(folder, id, ".part");
        ImageIO.write(picture, "jpg", unfinished.toFile());
        Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
