package dev.jtask.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `make image` fails where an image does not hold the list of just what is in it.
class ImageSbomIT {

    private static final Path SCRIPT = Path.of("../scripts/image-sbom").toAbsolutePath();
    private static final String LIST = "sbom.json";
    private static final String OWN_JAR = "lib/jtask-worker-app-1.jar";
    private static final String OWN = component("dev.jtask", "jtask-worker-app", "1", "");

    @TempDir
    private Path folder;

    private record Said(int code, String text) {}

    @Test
    void anImageThatListsWhatItHoldsIsGood() throws Exception {
        var image = image(
                List.of(OWN_JAR, "lib/a-2.jar", "lib/main/org.acme.b-3.jar", "lib/c-4-linux.jar"),
                Map.of(
                        LIST,
                        bom(
                                OWN,
                                component("org.acme", "a", "2", ""),
                                component("org.acme", "b", "3", ""),
                                component("org.acme", "c", "4", "?classifier=linux&type=jar"))));

        assertThat(look(image)).isEqualTo(new Said(0, "image-sbom: %s lists what it holds, 4 jars\n".formatted(image)));
    }

    @Test
    void oneWithoutAListIsTold() throws Exception {
        assertThat(look(image(List.of(OWN_JAR), Map.of())).text).endsWith("image.tar: no /opt/jtask/sbom.json\n");
    }

    @Test
    void theListOfAnotherProgramIsTold() throws Exception {
        var other = bom(component("dev.jtask", "jtask-operator", "1", ""));

        assertThat(look(image(List.of(OWN_JAR), Map.of(LIST, other))))
                .satisfies(said -> assertThat(said.code).isOne())
                .satisfies(said -> assertThat(said.text)
                        .contains("/opt/jtask/sbom.json is the list of jtask-operator, which the image does not hold"));
    }

    @Test
    void aListThatLacksALibraryOrHasOneTooManyIsTold() throws Exception {
        var list = Map.of(LIST, bom(OWN, component("org.acme", "a", "2", "")));

        assertThat(look(image(List.of(OWN_JAR, "lib/a-2.jar", "lib/a-3.jar"), list)).text)
                .contains("no list has a-3.jar");
        assertThat(look(image(List.of(OWN_JAR), list)).text)
                .contains("a list has what the image does not hold: a-2.jar");
    }

    @Test
    void aListOfAnotherBuildIsToldByTheSums() throws Exception {
        var other = component("org.acme", "a", "2", "").replace(sum("lib/a-2.jar"), sum("another build"));

        assertThat(look(image(List.of(OWN_JAR, "lib/a-2.jar"), Map.of(LIST, bom(OWN, other)))).text)
                .contains("a list has other sums of a-2.jar");
    }

    @Test
    void whoAddsTasksAddsTheirList() throws Exception {
        var jars = List.of(OWN_JAR, "tasks/shop-1.jar");

        assertThat(look(image(jars, Map.of(LIST, bom(OWN)))).text).contains("no list has shop-1.jar");
        assertThat(look(image(
                                jars,
                                Map.of(LIST, bom(OWN), "tasks/sbom.json", bom(component("org.acme", "shop", "1", "")))))
                        .code)
                .isZero();
    }

    /// As Jib writes it, with one layer of jars and one of the lists. A jar holds its path.
    private Path image(List<String> jars, Map<String, String> lists) throws Exception {
        var root = Files.createTempDirectory(folder, "image");
        for (var jar : jars) {
            write(root.resolve("jars/opt/jtask").resolve(jar), jar);
        }
        write(root.resolve("jars/etc/passwd"), "");
        write(root.resolve("lists/etc/group"), "");
        for (var list : lists.entrySet()) {
            write(root.resolve("lists/opt/jtask").resolve(list.getKey()), list.getValue());
        }
        write(
                root.resolve("manifest.json"),
                "[{\"RepoTags\": [\"jtask-worker:latest\"], \"Layers\": [\"jars.tar.gz\", \"lists.tar.gz\"]}]");
        run(root, "tar", "-czf", "jars.tar.gz", "-C", "jars", ".");
        run(root, "tar", "-czf", "lists.tar.gz", "-C", "lists", ".");
        run(root, "tar", "-cf", "image.tar", "manifest.json", "jars.tar.gz", "lists.tar.gz");
        return root.resolve("image.tar");
    }

    private static String bom(String whole, String... components) {
        return "{\"bomFormat\": \"CycloneDX\", \"metadata\": {\"component\": %s}, \"components\": [%s]}"
                .formatted(whole, String.join(", ", components));
    }

    private static String component(String group, String name, String version, String qualifiers) {
        var sums = name.equals("a")
                ? "{\"alg\": \"SHA-256\", \"content\": \"%s\"}".formatted(sum("lib/%s-%s.jar".formatted(name, version)))
                : "";
        return "{\"group\": \"%1$s\", \"name\": \"%2$s\", \"version\": \"%3$s\", \"purl\": \"pkg:maven/%1$s/%2$s@%3$s%4$s\", \"hashes\": [%5$s]}"
                .formatted(group, name, version, qualifiers, sums);
    }

    private static String sum(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private Said look(Path image) throws Exception {
        return said(folder, SCRIPT.toString(), image.toString());
    }

    private static void run(Path in, String... command) throws Exception {
        var said = said(in, command);
        assertThat(said.code).as(said.text).isZero();
    }

    private static Said said(Path in, String... command) throws Exception {
        var process = new ProcessBuilder(command)
                .directory(in.toFile())
                .redirectErrorStream(true)
                .start();
        var text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Said(process.waitFor(), text);
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
