package dev.lockdown.cli;

import dev.lockdown.spec.Vocabulary;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// `./lockdown steps`: the vocabulary, from the step definitions themselves.
final class StepsCommand implements Command {
    private final ProcessContext context;

    StepsCommand(ProcessContext context) {
        this.context = context;
    }

    @Override
    public CommandSpec spec() {
        return Options.command(this, "steps", "Show every step that a feature may use, with an example of each.");
    }

    @Override
    public ExitStatus run(ParseResult typed) {
        var out = context.out();
        var part = "";
        for (var word : Vocabulary.load().words()) {
            if (!word.part().equals(part)) out.println("%s%s".formatted(part.isEmpty() ? "" : "\n", heading(part = word.part())));
            out.println("\n  %s %s".formatted(word.keyword(), word.example().indent(4).strip()));
            out.println(word.does().indent(6).stripTrailing());
        }
        out.println("""

            Nouns
              {peer}   "ns/pod" · every pod [of "ns"] · pods "app=api" [of "ns"] · service "ns/name" · host "name" · node "name" ·
                       the node of "ns/pod" · the Kubernetes API; in a table the quotes may be left out
              {ports}  TCP/8080 · TCP/53 and UDP/53 · TCP/http (by the destination's name for it) · every port
              {can}    can · cannot · can still · can no longer · can again

            Tags
              @needs:3-nodes   at least so many nodes        @ipv6   IPv6 alone        @dual-stack   IPv4 and IPv6""");
        return ExitStatus.OK;
    }

    private static String heading(String part) {
        return switch (part) {
            case "Setup" -> "Setup: what is there before the first policy";
            case "Change" -> "Change: what is done to the cluster";
            default -> "Verdict: what must be seen";
        };
    }
}
