package dev.lockdown.journal;

/// Reads a constant by its text form.
final class Texts {
    private Texts() {}

    /// @throws IllegalArgumentException if there is none
    static <E extends Enum<E>> E of(Class<E> type, String text) {
        for (var constant : type.getEnumConstants()) if (constant.toString().equals(text)) return constant;
        throw new IllegalArgumentException("there is no %s \"%s\"".formatted(type.getSimpleName(), text));
    }
}
