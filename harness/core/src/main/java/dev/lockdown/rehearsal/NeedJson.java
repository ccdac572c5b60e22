package dev.lockdown.rehearsal;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.lockdown.flow.Port;
import dev.lockdown.need.Because;
import dev.lockdown.need.Party;
import java.io.IOException;
import java.util.List;

/// The fields that all documents about needs have in common.
public final class NeedJson {
    private NeedJson() {}

    /// Write `from`, `to`, `protocol` and `port` into the object that is open.
    public static void ends(Party from, Party to, Port port, JsonGenerator json) throws IOException {
        json.writeStringField("from", from.toString());
        json.writeStringField("to", to.toString());
        json.writeStringField("protocol", port.protocol().toString());
        json.writeNumberField("port", port.number());
    }

    public static void because(List<Because> places, JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("because");
        for (var because : places) because(because, json);
        json.writeEndArray();
    }

    static void because(Because because, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("file", because.file());
        json.writeNumberField("line", because.line());
        json.writeStringField("field", because.field());
        json.writeEndObject();
    }

    public static void strings(String field, List<String> texts, JsonGenerator json) throws IOException {
        json.writeArrayFieldStart(field);
        for (var text : texts) json.writeString(text);
        json.writeEndArray();
    }
}
