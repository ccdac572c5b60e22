package dev.lockdown.cli;

import dev.lockdown.fuzz.Evidence;
import dev.lockdown.fuzz.Fuzz;
import dev.lockdown.journal.RunFolder;
import dev.lockdown.run.ExitStatus;
import dev.lockdown.state.Counted;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// `./lockdown dev fuzz`: random clusters, policies and changes; the oracle against the data plane.
final class FuzzCommand implements Command {
    private static final Duration USUAL = Duration.ofMinutes(1);

    private final ProcessContext context;

    FuzzCommand(ProcessContext context) {
        this.context = context;
    }

    @Override
    public CommandSpec spec() {
        var spec = Options
            .command(this, "fuzz",
                "Hold the oracle against the data plane: random clusters, policies and changes, every cell of each state.")
            .addOption(
                Options.option("--for", "5m", Duration.class, DurationText::parse, "How long. Default: 1m, or as long as --states takes"))
            .addOption(Options.count("--states", "How many states."))
            .addOption(Options.option("--seed", "N", Long.class, Options::number, "Where chance starts. Default: another each time."))
            .addOption(Options.text("--defect", "NAME", "Switch on a seeded defect of the data plane, which has to be found."))
            .addOption(Options.path("--report", "DIR", "Where a failure's folder is made. Default: reports/"));
        spec.usageMessage().footer("", "A failure is made as small as it gets and written as manifests, with the command that repeats it.",
            "Exit status 1 if a cell was wrong, 130 after Ctrl-C, with the sum so far.", "", "Examples:",
            "  ./lockdown dev fuzz --for 5m --seed 4711",
            "  ./lockdown dev fuzz --defect forgets-except");
        return spec;
    }

    @Override
    public ExitStatus run(ParseResult typed) throws IOException {
        long seed = typed.matchedOptionValue("--seed", context.clock().millis() % 100_000_000);
        var defect = typed.matchedOptionValue("--defect", "");
        try (var backend = EmbeddedClusters.embedded(context.clock(), defect).dialling(Runtime.getRuntime().availableProcessors())) {
            var fuzz = new Fuzz(backend, context.clock(), seed, context.err()::println);
            context.cleanup().add(() -> {
                fuzz.stop();
                context.out().println(fuzz.sum());
            });
            var evidence = fuzz.run(limit(typed));
            if (evidence != null) tell(evidence, typed, defect.isEmpty() ? "" : " --defect " + defect);
            context.out().println(fuzz.sum());
            return evidence == null ? ExitStatus.OK : ExitStatus.FAILED;
        }
    }

    private static Fuzz.Limit limit(ParseResult typed) {
        boolean counted = typed.hasMatchedOption("--states");
        Duration time = typed.matchedOptionValue("--for", counted ? Duration.ofDays(365) : USUAL);
        return new Fuzz.Limit(time, counted ? typed.matchedOptionValue("--states", 1) : Long.MAX_VALUE);
    }

    private void tell(Evidence evidence, ParseResult typed, String options) throws IOException {
        var folder = RunFolder.create(typed.matchedOptionValue("--report", context.reports()),
            Clock.system(ZoneId.systemDefault())).path();
        var out = context.out();
        evidence.lines().forEach(out::println);
        out.println(
            "left: %s, %s, %s, in %s".formatted(Counted.of(evidence.policies(), "policy"), Counted.of(evidence.pods(), "pod"),
                Counted.of(evidence.states(), "state"), folder));
        evidence.write(folder, options).forEach(command -> out.println("repeat: " + command));
    }
}
