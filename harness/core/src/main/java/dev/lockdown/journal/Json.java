package dev.lockdown.journal;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Reads fields of a JSON object. What is not there or is of another kind is an [IllegalArgumentException] that names the field.
record Json(JsonNode node) {
    String text(String field) {
        return text(node.path(field), field);
    }

    static String text(JsonNode value, String what) {
        if (!value.isTextual()) throw new IllegalArgumentException("%s is no text".formatted(what));
        return value.textValue();
    }

    @Nullable String textOrNull(String field) {
        return node.has(field) ? text(field) : null;
    }

    int number(String field) {
        return number(node.path(field), field);
    }

    static int number(JsonNode value, String what) {
        if (!value.isIntegralNumber()) throw new IllegalArgumentException("%s is no whole number".formatted(what));
        return value.intValue();
    }

    long longNumber(String field) {
        return longNumber(node.path(field), field);
    }

    static long longNumber(JsonNode value, String what) {
        if (!value.isIntegralNumber()) throw new IllegalArgumentException("%s is no whole number".formatted(what));
        return value.longValue();
    }

    boolean flag(String field) {
        return node.path(field).asBoolean(false);
    }

    Instant instant(String field) {
        return Times.instant(text(field));
    }

    Duration micros(String field) {
        return Duration.of(longNumber(field), ChronoUnit.MICROS);
    }

    @Nullable Duration microsOrNull(String field) {
        return node.has(field) ? micros(field) : null;
    }

    /// What earlier Lockdowns did not write.
    Duration microsOrZero(String field) {
        return node.has(field) ? micros(field) : Duration.ZERO;
    }

    /// The same.
    long longOrZero(String field) {
        return node.has(field) ? longNumber(field) : 0;
    }

    <T> List<T> list(String field, Function<JsonNode, T> element) {
        return list(node.path(field), element);
    }

    static <T> List<T> list(JsonNode array, Function<JsonNode, T> element) {
        var list = new ArrayList<T>(array.size());
        for (var value : array) list.add(element.apply(value));
        return list;
    }

    List<String> texts(String field) {
        return list(field, value -> text(value, field));
    }
}
