package dev.jtask.operator.event;

/// Whether a person should look, in Kubernetes' two words.
public enum EventType {
    NORMAL("Normal"),
    WARNING("Warning");

    private final String text;

    EventType(String text) {
        this.text = text;
    }

    /// As Kubernetes writes it.
    public String text() {
        return text;
    }
}
