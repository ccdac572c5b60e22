package dev.lockdown.journal;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lockdown.flow.Outcome;
import dev.lockdown.flow.Probe;

/// Reads the lines of [EntryWriter], and those of an older or newer one whose schema is not above ours.
final class EntryReader {
    /// Rises when a reader of the former one would misunderstand; new fields alone do not raise it.
    static final int SCHEMA = 1;

    private final ObjectMapper mapper = new ObjectMapper(new JsonFactory())
        .enable(DeserializationFeature.READ_ENUMS_USING_TO_STRING)
        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
        .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
        .addMixIn(Entry.class, Mixins.OfEntry.class)
        .addMixIn(Probe.class, Mixins.OfProbe.class)
        .addMixIn(Outcome.class, Mixins.OfOutcome.class)
        .registerModule(new TextForms());

    /// Give the schema that a line says the journal has; lines that do not say so have ours.
    int schema(JsonNode line) {
        return line.path("schema").asInt(SCHEMA);
    }

    JsonNode tree(String line) throws JsonProcessingException {
        return mapper.readTree(line);
    }

    Entry entry(JsonNode line) throws JsonProcessingException {
        if (!line.isObject()) throw new JsonParseException(null, "it is no JSON object");
        return mapper.treeToValue(line, Entry.class);
    }
}
