package dev.lockdown.history;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/// Reads what `fingerprint --output json` printed.
public final class Traits {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Traits() {}

    /// The answers without figures, by the ids of questions; of those that were measured.
    ///
    /// @throws IOException if the file cannot be read, or is no JSON
    public static Map<String, String> in(Path file) throws IOException {
        return of(JSON.readTree(file.toFile()));
    }

    public static Map<String, String> of(JsonNode fingerprint) {
        var traits = new TreeMap<String, String>();
        for (var trait : fingerprint.path("traits"))
            if (trait.path("answer").isTextual())
                traits.put(trait.path("id").asText(), trait.path("behaviour").asText(trait.path("answer").asText()));
        return traits;
    }
}
