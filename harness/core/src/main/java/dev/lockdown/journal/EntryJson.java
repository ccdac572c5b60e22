package dev.lockdown.journal;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.lockdown.flow.Outcome;
import dev.lockdown.flow.Probe;
import java.nio.charset.StandardCharsets;

/// An entry as a JSON line and back.
///
/// Records are objects with their components' names, `type` names the entry and `kind` the probe or outcome; endpoints, ports and
/// names are their text forms, times ISO 8601 in microseconds. What is null is left out.
final class EntryJson {
    /// Rises when a reader of the former one would misunderstand; new fields and types alone do not raise it.
    static final int SCHEMA = 1;

    private final ObjectMapper mapper = new ObjectMapper(new JsonFactory())
            .setDefaultPropertyInclusion(JsonInclude.Include.NON_NULL)
            .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
            .enable(SerializationFeature.WRITE_ENUMS_USING_TO_STRING)
            .enable(DeserializationFeature.READ_ENUMS_USING_TO_STRING)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .addMixIn(Entry.class, Mixins.OfEntry.class)
            .addMixIn(Entry.RunStarted.class, Mixins.OfRunStarted.class)
            .addMixIn(Probe.class, Mixins.OfProbe.class)
            .addMixIn(Outcome.class, Mixins.OfOutcome.class)
            .registerModule(new TextForms());

    /// Write an entry, with the line's end.
    byte[] line(Entry entry) {
        try {
            var text = mapper.writer().withAttribute(Mixins.SCHEMA, SCHEMA).writeValueAsString(entry);
            return (text + "\n").getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an entry of type %s has no JSON form".formatted(entry.getClass().getSimpleName()), e);
        }
    }

    JsonNode tree(String line) throws JsonProcessingException {
        return mapper.readTree(line);
    }

    Entry entry(JsonNode tree) throws JsonProcessingException {
        if (!tree.isObject()) throw new JsonParseException(null, "it is no JSON object");
        return mapper.treeToValue(tree, Entry.class);
    }
}
