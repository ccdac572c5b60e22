package dev.lockdown.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.lockdown.cluster.Needs;
import dev.lockdown.fingerprint.Fingerprint;
import dev.lockdown.fingerprint.Fingerprinter;
import dev.lockdown.flow.Family;
import dev.lockdown.run.ExitStatus;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.TypeConversionException;

/// `./lockdown fingerprint`: what the API leaves open, measured on a cluster.
final class FingerprintCommand implements Command {
    private final ProcessContext context;
    private final Map<String, String> environment;

    FingerprintCommand(ProcessContext context, Map<String, String> environment) {
        this.context = context;
        this.environment = environment;
    }

    @Override
    public CommandSpec spec() {
        var spec = Options
            .command(this, "fingerprint",
                "Measure what the NetworkPolicy API leaves open: rejects, exemptions, what becomes of connections, how long changes take.")
            .addOption(Options.option("--output", "FORM", Form.class, FingerprintCommand::form,
                "What standard output carries: markdown or json. Default: markdown"));
        EmbeddedOptions.addTo(spec);
        ClusterOptions.addTo(spec);
        spec.usageMessage().footer("", "Examples:", "  ./lockdown fingerprint",
            "  ./lockdown fingerprint --cluster kubeconfig --output json");
        return spec;
    }

    private enum Form {
        MARKDOWN, JSON
    }

    private static Form form(String form) {
        return switch (form) {
            case "json" -> Form.JSON;
            case "markdown" -> Form.MARKDOWN;
            default -> throw new TypeConversionException("\"%s\" is no form; expected markdown or json".formatted(form));
        };
    }

    @Override
    public ExitStatus run(ParseResult typed) throws IOException {
        var options = ClusterOptions.of(typed, environment);
        try (var backend = new Clusters(context, environment).backend(options)) {
            var needs =
                new Needs(2, List.of(typed.hasMatchedOption("--ipv6") ? Family.IPV6 : Family.IPV4), options.embedded().established());
            var taken = new Fingerprinter(backend, needs, context.clock(), next -> context.err().println("measuring " + next + " …"))
                .take(Clusters.words(options, backend));
            if (typed.matchedOptionValue("--output", Form.MARKDOWN) == Form.JSON)
                JsonDocument.write(context.out(), json -> body(taken, json));
            else
                context.out().print(taken.markdown());
            context.out().flush();
        }
        return ExitStatus.OK;
    }

    private static void body(Fingerprint taken, JsonGenerator json) throws IOException {
        json.writeStringField("cluster", taken.cluster());
        json.writeStringField("at", taken.at().toString());
        json.writeArrayFieldStart("traits");
        for (var trait : taken.traits()) {
            json.writeStartObject();
            json.writeStringField("id", trait.id());
            json.writeStringField("question", trait.question());
            if (trait.isMeasured()) json.writeStringField("answer", trait.answer());
            else json.writeNullField("answer");
            if (trait.isMeasured()) json.writeStringField("behaviour", trait.behaviour());
            json.writeStringField("method", trait.isMeasured() ? trait.method() : trait.answer());
            json.writeNumberField("samples", trait.samples());
            json.writeEndObject();
        }
        json.writeEndArray();
    }
}
