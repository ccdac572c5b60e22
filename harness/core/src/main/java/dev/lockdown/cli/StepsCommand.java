package dev.lockdown.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.lockdown.run.ExitStatus;
import dev.lockdown.spec.Vocabulary;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// `./lockdown steps`: the vocabulary, from the step definitions themselves.
final class StepsCommand implements Command {
    static final List<Noun> NOUNS = List.of(
        new Noun("peer", List.of("\"ns/pod\"", "every pod [of \"ns\"]", "pods \"app=api\" [of \"ns\"]", "service \"ns/name\"",
            "load balancer \"ns/name\"", "host \"name\"", "node \"name\"", "the node of \"ns/pod\"", "the Kubernetes API"),
            "in a table the quotes may be left out"),
        new Noun("ports", List.of("TCP/8080", "TCP/53 and UDP/53", "TCP/http", "every port", "ICMP"),
            "a name is the destination's for its port; HTTP/8080 where a watched flow asks for a page"),
        new Noun("can", List.of("can", "cannot", "can still", "can no longer", "can again"), ""),
        new Noun("order", List.of("at once", "in turn", "at random"), ""),
        new Noun("timing",
            List.of("is cut off within 1 s", "is back within 1 s, 4 of 5 times", "was never shut", "was never open for longer than 5 ms",
                "was never shut outside the disruptions"),
            ""),
        new Noun("duration", List.of("5 ms", "1.5 s", "2 min"), ""));
    static final List<Tag> TAGS = List.of(new Tag("@needs:3-nodes", "at least so many nodes"), new Tag("@ipv6", "IPv6 alone"),
        new Tag("@dual-stack", "IPv4 and IPv6"),
        new Tag("@established:survives",
            "what becomes of connections that stand when they are denied (or silent, flushed, reset): so on the embedded cluster, else skipped where it is not"));

    private final ProcessContext context;

    StepsCommand(ProcessContext context) {
        this.context = context;
    }

    /// What may stand for a word in braces.
    record Noun(String name, List<String> forms, String note) {}

    record Tag(String tag, String does) {}

    @Override
    public CommandSpec spec() {
        return Options.command(this, "steps", "Show every step that a feature may use, with an example of each.")
            .addOption(Options.textOrJson());
    }

    @Override
    public ExitStatus run(ParseResult typed) throws IOException {
        if (Options.asksForJson(typed)) JsonDocument.write(context.out(), StepsCommand::json);
        else text();
        return ExitStatus.OK;
    }

    private static void json(JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("steps");
        for (var word : Vocabulary.load().words()) {
            json.writeStartObject();
            json.writeStringField("part", word.part());
            json.writeStringField("keyword", word.keyword());
            json.writeStringField("pattern", word.pattern());
            json.writeStringField("does", word.does().strip());
            json.writeStringField("example", word.example());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayFieldStart("nouns");
        for (var noun : NOUNS) {
            json.writeStartObject();
            json.writeStringField("name", noun.name());
            JsonDocument.texts("forms", noun.forms(), json);
            json.writeStringField("note", noun.note());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayFieldStart("tags");
        for (var tag : TAGS) {
            json.writeStartObject();
            json.writeStringField("tag", tag.tag());
            json.writeStringField("does", tag.does());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void text() {
        var out = context.out();
        var part = "";
        for (var word : Vocabulary.load().words()) {
            if (!word.part().equals(part)) out.println("%s%s".formatted(part.isEmpty() ? "" : "\n", heading(part = word.part())));
            out.println("\n  %s %s".formatted(word.keyword(), word.example().indent(4).strip()));
            out.println(word.does().indent(6).stripTrailing());
        }
        out.println("\nNouns");
        for (var noun : NOUNS) {
            out.println("  {%s}%s%s".formatted(noun.name(), " ".repeat(10 - noun.name().length()), String.join(" · ", noun.forms())));
            if (!noun.note().isEmpty()) out.println(" ".repeat(14) + noun.note());
        }
        out.println("\nTags");
        for (var tag : TAGS) out.println("  %-16s %s".formatted(tag.tag(), tag.does()));
    }

    /// A part's heading, which may have a second line.
    static String heading(String part) {
        return switch (part) {
            case "Setup" -> "Setup: what is there before the first policy";
            case "Change" -> "Change: what is done to the cluster";
            case "Disruption" -> "Disruption: what is done to the cluster on purpose, and healed, while flows are watched"
                + "\n  Each is a step, and a row of the steps of the next part. What follows runs when it is healed and enforcement works again.";
            case "Schedule" -> "Schedule: disruptions together, in turn and again";
            case "Time" -> "Time: when it must be seen, by samples that are taken all the while";
            case "Held" -> "Held: what becomes of connections that stand, by numbered beats both ways";
            default -> "Verdict: what must be seen";
        };
    }
}
