package dev.jtask.seal;

/// Makes seals of files; found by [java.util.ServiceLoader].
@FunctionalInterface
public interface SealProvider {

    /// Reads the files.
    ///
    /// @param role whether all that is sent is protected, or what follows from a protected message
    /// @throws IllegalArgumentException naming the file that cannot be used and what is wrong with it, without
    /// its keys
    Seal open(SealOptions options, Role role);

    /// Why a process sends.
    enum Role {
        /// It begins: what its keys can do is done for each message.
        SENDER,
        /// It goes on: each message is protected as the one that it follows from.
        WORKER
    }
}
