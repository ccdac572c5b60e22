package dev.lockdown.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.lockdown.mutation.Fates;
import dev.lockdown.mutation.Fates.Fate;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;

/// Tells which changes of policies nobody noticed.
record MutationText(Fates fates, Output output) {

    void print(PrintWriter out) {
        switch (output) {
            case TEXT -> text(out);
            case JSON -> out.println(json(json -> document(json)));
            case JSONL -> fates.all().forEach(f -> out.println(json(json -> fate(f, json))));
        }
    }

    private void text(PrintWriter out) {
        var unnoticed = fates.unnoticed();
        if (!unnoticed.isEmpty()) out.println("rules that nobody would miss:");
        for (var fate : unnoticed)
            out.println("  %s:%d  %s  (%s)".formatted(fate.file(), fate.line(), fate.change(), scenarios(fate)));
        out.println("%d of %d changes of %d %s were noticed, %d %%".formatted(fates.all().size() - unnoticed.size(), fates.all().size(),
            fates.policies(), fates.policies() == 1 ? "policy" : "policies", fates.percentNoticed()));
    }

    private static String scenarios(Fate fate) {
        int others = fate.scenarios().size() - 1;
        return fate.scenarios().getFirst() + (others == 0 ? "" : " and %d more stayed green".formatted(others));
    }

    private interface Writing {
        void to(JsonGenerator json) throws IOException;
    }

    private static String json(Writing writing) {
        Writer text = new StringWriter();
        try (var json = new JsonFactory().createGenerator(text)) {
            writing.to(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private void document(JsonGenerator json) throws IOException {
        json.useDefaultPrettyPrinter();
        json.writeStartObject();
        json.writeNumberField("schema", 1);
        json.writeNumberField("policies", fates.policies());
        json.writeNumberField("noticedPercent", fates.percentNoticed());
        json.writeArrayFieldStart("changes");
        for (var fate : fates.all()) fate(fate, json);
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void fate(Fate fate, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("file", fate.file());
        json.writeNumberField("line", fate.line());
        json.writeStringField("change", fate.change());
        json.writeArrayFieldStart("scenarios");
        for (var scenario : fate.scenarios()) json.writeString(scenario);
        json.writeEndArray();
        if (fate.noticedBy() == null) json.writeNullField("noticedBy");
        else json.writeStringField("noticedBy", fate.noticedBy());
        json.writeEndObject();
    }
}
