package dev.jtask.testing.process;

import java.io.IOException;
import java.nio.file.Path;

/// A JVM that claims a port and waits.
final class PortHolder {

    private PortHolder() {}

    public static void main(String[] arguments) throws IOException {
        try (var claims = new PortClaims(Path.of(arguments[0]))) {
            System.out.println(claims.claim(Integer.parseInt(arguments[1])));
            System.in.read();
        }
    }
}
