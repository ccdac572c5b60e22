package dev.lockdown.report.html;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import java.util.zip.InflaterInputStream;

/// What a page holds for its script, unpacked.
record Packed(JsonNode json) {
    private static final String START = "id=\"packed\">";

    static Packed of(String page) {
        int start = page.indexOf(START) + START.length();
        var bytes = Base64.getDecoder().decode(page.substring(start, page.indexOf("</script>", start)));
        try (var json = new InflaterInputStream(new ByteArrayInputStream(bytes))) {
            return new Packed(new ObjectMapper().readTree(json));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Of all scenarios, in the order of the page.
    List<JsonNode> steps() {
        return list(json.path("order")).stream().map(number -> json.path("scenarios").path(number.asInt()))
            .flatMap(s -> list(s.path("steps")).stream()).toList();
    }

    static List<JsonNode> list(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false).toList();
    }

    /// The text of a number, empty where there is none.
    String text(JsonNode number) {
        return json.path("texts").path(number.asInt(0)).asText();
    }

    List<String> texts(JsonNode list) {
        return list(json.path("lists").path(list.asInt())).stream().map(this::text).toList();
    }

    /// Every flow of what was judged, as one line: `flow | wanted | observed | agrees | how | because | evidence | control | likely`.
    List<String> flows(JsonNode judged) {
        return IntStream.range(0, judged.path("flow").size()).mapToObj(i -> {
            var finding = json.path("findings").path(judged.path("finding").path(i).asInt());
            return line(text(judged.path("flow").path(i)), mark(finding.path(0)), mark(finding.path(1)), finding.path(2).asInt() == 1,
                text(judged.path("how").path(i)), texts(finding.path(3)), texts(judged.path("evidence").path(i)), text(finding.path(4)),
                text(finding.path(5)));
        }).toList();
    }

    private String mark(JsonNode number) {
        return json.path("marks").path(number.asInt()).path(1).asText();
    }

    static String line(Object... facts) {
        return String.join(" | ", List.of(facts).stream().map(Object::toString).toList());
    }
}
