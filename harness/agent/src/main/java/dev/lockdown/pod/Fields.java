package dev.lockdown.pod;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The members of an object that was read, by name and type. What is missing or of another type is an [IllegalArgumentException];
/// members that nobody asks for may come from a newer version and are let be.
record Fields(Map<String, @Nullable Object> members) {
    String text(String name) {
        if (members.get(name) instanceof String s) return s;
        throw wrong(name, "a string");
    }

    @Nullable String textOrNull(String name) {
        return members.get(name) == null ? null : text(name);
    }

    long number(String name) {
        if (members.get(name) instanceof Long n) return n;
        throw wrong(name, "a number");
    }

    int small(String name) {
        long number = number(name);
        if (number < Integer.MIN_VALUE || number > Integer.MAX_VALUE) throw wrong(name, "a smaller number");
        return (int) number;
    }

    boolean flag(String name) {
        if (members.get(name) instanceof Boolean b) return b;
        throw wrong(name, "true or false");
    }

    byte[] bytes(String name) {
        return Base64.getDecoder().decode(text(name));
    }

    static String encoded(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    List<Fields> objects(String name) {
        var objects = new ArrayList<Fields>();
        for (var element : list(name)) {
            if (!(element instanceof Map<?, ?> map)) throw wrong(name, "a list of objects");
            @SuppressWarnings("unchecked")
            var object = (Map<String, @Nullable Object>) map;
            objects.add(new Fields(object));
        }
        return objects;
    }

    @SuppressWarnings("unchecked")
    Map<String, @Nullable Object> object(String name) {
        if (members.get(name) instanceof Map<?, ?> map) return (Map<String, @Nullable Object>) map;
        throw wrong(name, "an object");
    }

    List<String> texts(String name) {
        var texts = new ArrayList<String>();
        for (var element : list(name)) {
            if (!(element instanceof String s)) throw wrong(name, "a list of strings");
            texts.add(s);
        }
        return texts;
    }

    List<Boolean> flags(String name) {
        var flags = new ArrayList<Boolean>();
        for (var element : list(name)) {
            if (!(element instanceof Boolean b)) throw wrong(name, "a list of booleans");
            flags.add(b);
        }
        return flags;
    }

    List<Long> numbers(String name) {
        var numbers = new ArrayList<Long>();
        for (var element : list(name)) {
            if (!(element instanceof Long n)) throw wrong(name, "a list of numbers");
            numbers.add(n);
        }
        return numbers;
    }

    private List<?> list(String name) {
        if (members.get(name) instanceof List<?> list) return list;
        throw wrong(name, "a list");
    }

    private IllegalArgumentException wrong(String name, String expected) {
        return new IllegalArgumentException("\"%s\" is not %s".formatted(name, expected));
    }
}
