package dev.lockdown.state;

/// What a person wrote cannot be used: what was found, what was expected, what to do. Exit status 2.
public final class InputException extends RuntimeException {
    public InputException(String message) {
        super(message);
    }
}
