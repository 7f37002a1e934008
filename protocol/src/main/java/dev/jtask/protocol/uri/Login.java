package dev.jtask.protocol.uri;

/// Who we are to a server; never shown.
///
/// @param password empty where there is none
public record Login(String user, String password) {

    @Override
    public String toString() {
        return "…";
    }
}
