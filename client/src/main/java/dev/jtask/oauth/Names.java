package dev.jtask.oauth;

/// What the user calls what may be wrong, so that errors can name it.
///
/// @param endpoint where the token's URI is given
/// @param client where the client's id and secret are given
/// @param access where scope and audience are given
public record Names(String endpoint, String client, String access) {

    static final Names PLAIN = new Names("the token URI", "the client's id or secret", "its scope or audience");
}
