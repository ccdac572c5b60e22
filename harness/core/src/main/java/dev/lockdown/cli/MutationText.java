package dev.lockdown.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.lockdown.mutation.MutationResults;
import dev.lockdown.mutation.MutationResults.Result;
import dev.lockdown.state.Counted;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;

/// Tells which changes of policies nobody noticed.
record MutationText(MutationResults results, Output output) {

    void print(PrintWriter out) {
        switch (output) {
            case TEXT -> text(out);
            case JSON -> out.println(json(json -> document(json)));
            case JSONL -> results.all().forEach(f -> out.println(json(json -> result(f, json))));
        }
    }

    private void text(PrintWriter out) {
        var unnoticed = results.unnoticed();
        if (!unnoticed.isEmpty()) out.println("rules that nobody would miss:");
        for (var result : unnoticed)
            out.println("  %s:%s  %s  (%s)".formatted(result.file(), result.line(), result.change(), scenarios(result)));
        if (results.percentNoticed().isEmpty()) {
            out.println("nothing was changed: %s; this says nothing about what the features would notice".formatted(results.policies() == 0
                ? "the features apply no policy from a file or a text" : "no policy that the features apply has a part to change"));
            return;
        }
        out.println("%s of %s of %s %s noticed, %s %%".formatted(results.all().size() - unnoticed.size(),
            Counted.of(results.all().size(), "change"), Counted.of(results.policies(), "policy"),
            results.all().size() - unnoticed.size() == 1 ? "was" : "were", results.percentNoticed().getAsInt()));
    }

    private static String scenarios(Result result) {
        int others = result.scenarios().size() - 1;
        return result.scenarios().getFirst() + (others == 0 ? "" : " and %s more stayed green".formatted(others));
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
        json.writeNumberField("policies", results.policies());
        if (results.percentNoticed().isEmpty()) json.writeNullField("noticedPercent");
        else json.writeNumberField("noticedPercent", results.percentNoticed().getAsInt());
        json.writeArrayFieldStart("changes");
        for (var result : results.all()) result(result, json);
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void result(Result result, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("file", result.file());
        json.writeNumberField("line", result.line());
        json.writeStringField("change", result.change());
        json.writeArrayFieldStart("scenarios");
        for (var scenario : result.scenarios()) json.writeString(scenario);
        json.writeEndArray();
        if (result.noticedBy() == null) json.writeNullField("noticedBy");
        else json.writeStringField("noticedBy", result.noticedBy());
        json.writeEndObject();
    }
}
