package dev.lockdown.report.html;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;

/// The texts of a packed run, and lists of them, each once. Number 0 is the empty text, or the empty list.
final class Texts {
    private final Numbered<String> texts = new Numbered<>();
    private final Numbered<List<String>> lists = new Numbered<>();

    Texts() {
        texts.of("");
        lists.of(List.of());
    }

    int of(String text) {
        return texts.of(text);
    }

    int of(List<String> list) {
        return lists.of(list);
    }

    void write(JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("lists");
        for (var list : lists.values()) numbers(json, list.stream().mapToInt(this::of).toArray());
        json.writeEndArray();
        json.writeArrayFieldStart("texts");
        for (var text : texts.values()) json.writeString(text);
        json.writeEndArray();
    }

    private static void numbers(JsonGenerator json, int[] numbers) throws IOException {
        json.writeArray(numbers, 0, numbers.length);
    }
}
