package dev.jtask.worker.app.http;

/// Where pages are shown, until it is closed.
interface Port extends AutoCloseable {

    int number();

    @Override
    void close();
}
