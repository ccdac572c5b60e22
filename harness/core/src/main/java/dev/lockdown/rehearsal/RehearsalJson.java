package dev.lockdown.rehearsal;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.Locale;

/// A rehearsal for programs, as `rehearsal.schema.json` says.
public final class RehearsalJson {
    private static final int SCHEMA = 1;

    private RehearsalJson() {}

    /// Write one document. The writer stays open.
    public static void write(Rehearsed rehearsed, Writer out) throws IOException {
        try (var json = new JsonFactory().createGenerator(out).disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)) {
            json.useDefaultPrettyPrinter();
            json.writeStartObject();
            json.writeNumberField("schema", SCHEMA);
            json.writeStringField("cluster", rehearsed.stage());
            NeedJson.strings("namespaces", rehearsed.namespaces(), json);
            json.writeArrayFieldStart("needs");
            for (var result : rehearsed.results()) need(result, json);
            json.writeEndArray();
            json.writeArrayFieldStart("proposals");
            for (var proposal : rehearsed.proposals()) proposal(proposal, json);
            json.writeEndArray();
            ways("opened", rehearsed.opened(), json);
            ways("openToday", rehearsed.openToday(), json);
            json.writeArrayFieldStart("unproven");
            for (var unproven : rehearsed.unproven()) {
                json.writeStartObject();
                json.writeStringField("from", unproven.from().toString());
                json.writeStringField("what", unproven.what());
                json.writeStringField("remedy", unproven.remedy());
                json.writeBooleanField("dangling", unproven.dangling());
                json.writeFieldName("because");
                NeedJson.because(unproven.because(), json);
                json.writeEndObject();
            }
            json.writeEndArray();
            NeedJson.strings("assumed", rehearsed.assumed(), json);
            json.writeEndObject();
            json.writeRaw('\n');
        }
    }

    private static void need(NeedResult result, JsonGenerator json) throws IOException {
        json.writeStartObject();
        NeedJson.ends(result.need().from(), result.need().to(), result.need().port(), json);
        json.writeStringField("purpose", result.need().purpose().name().toLowerCase(Locale.ROOT));
        NeedJson.because(result.need().because(), json);
        json.writeStringField("before", result.before().word());
        json.writeStringField("underLockdown", result.underLockdown().word());
        if (result.today() instanceof Seen today) json.writeStringField("today", today.word());
        NeedJson.strings("reasons", result.why(), json);
        if (result.isBroken() && result.healed() != null) json.writeBooleanField("healed", result.isHealed());
        else json.writeNullField("healed");
        json.writeEndObject();
    }

    private static void proposal(Proposal proposal, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("file", proposal.file());
        json.writeStringField("yaml", proposal.yaml());
        json.writeArrayFieldStart("for");
        for (var need : proposal.needs()) {
            json.writeStartObject();
            NeedJson.ends(need.from(), need.to(), need.port(), json);
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void ways(String field, List<Rehearsed.Way> ways, JsonGenerator json) throws IOException {
        json.writeArrayFieldStart(field);
        for (var way : ways) {
            json.writeStartObject();
            NeedJson.ends(way.from(), way.to(), way.port(), json);
            json.writeEndObject();
        }
        json.writeEndArray();
    }
}
