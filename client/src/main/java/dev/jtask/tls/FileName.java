package dev.jtask.tls;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/// The path of a file that a user gave, in an error. Who takes the option for that of the content gives a key, which
/// may stand in a path as well: none of it is repeated.
public final class FileName {

    private static final Pattern CONTENT = Pattern.compile("[\\r\\n]|-----BEGIN|^\\s*[{\\[]");

    private FileName() {}

    /// @throws IllegalArgumentException where it is what a file holds
    public static String of(Path file) {
        var text = file.toString();
        if (CONTENT.matcher(text).find()) {
            throw new IllegalArgumentException("what is given as a file is its content; give its path");
        }
        return text;
    }

    /// Of a file that holds one word, which nothing tells from a path but its folder.
    public static String ofSecret(Path file) {
        return isInAFolder(file) ? file.toString() : "whose folder is not there";
    }

    /// Whether the file may be, and not in the root: base64 may begin with a slash.
    public static boolean isInAFolder(Path file) {
        var folder = file.getParent();
        return folder != null && folder.getNameCount() > 0 && Files.isDirectory(folder);
    }
}
