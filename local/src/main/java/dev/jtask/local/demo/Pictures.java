package dev.jtask.local.demo;

import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;

/// Draws pictures of different sizes: coloured balls on a coloured ground, the same ones in every run.
final class Pictures {

    private static final int SMALLEST = 320;
    private static final int STEP = 12;
    private static final int BALLS = 60;

    private Pictures() {}

    static List<Path> draw(Path folder, int count) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot create " + folder, e);
        }
        return IntStream.range(0, count)
                .mapToObj(number -> drawOne(folder.resolve("picture-%02d.jpg".formatted(number)), number))
                .toList();
    }

    private static Path drawOne(Path file, int number) {
        var random = new Random(number);
        int width = SMALLEST + number * STEP;
        int height = width * (50 + random.nextInt(50)) / 100;
        var picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        var graphics = picture.createGraphics();
        graphics.setPaint(new GradientPaint(0, 0, colour(random), width, height, colour(random)));
        graphics.fillRect(0, 0, width, height);
        for (int i = 0; i < BALLS; i++) {
            int size = width / 20 + random.nextInt(width / 6);
            graphics.setPaint(new GradientPaint(0, 0, colour(random), size, size, colour(random), true));
            graphics.fillOval(random.nextInt(width), random.nextInt(height), size, size);
        }
        graphics.dispose();
        try {
            ImageIO.write(picture, "jpg", file.toFile());
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }

    private static Color colour(Random random) {
        return Color.getHSBColor(random.nextFloat(), 0.6f, 0.9f);
    }
}
