package dev.jtask.oauth;

import dev.jtask.tls.FileName;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;

/// What proves that we are the client that we say; shown to nobody.
sealed interface Secret {

    /// @throws IOException naming the file that cannot be read
    String read() throws IOException;

    /// As it was given.
    record Text(String text) implements Secret {

        @Override
        public String read() {
            return text;
        }

        @Override
        public String toString() {
            return "a text";
        }
    }

    /// What the file holds at the time of asking.
    record InFile(Path file) implements Secret {

        @Override
        public String read() throws IOException {
            try {
                var text = Files.readString(file).strip();
                if (text.isEmpty()) {
                    throw new IOException("the file %s is empty".formatted(FileName.ofSecret(file)));
                }
                return text;
            } catch (FileSystemException | CharacterCodingException e) {
                // without the cause, whose message is the path
                throw new IOException("the file %s cannot be read as text".formatted(FileName.ofSecret(file)));
            }
        }
    }
}
