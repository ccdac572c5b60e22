package dev.lockdown.cli;

import dev.lockdown.cluster.embedded.EmbeddedBackend;
import dev.lockdown.journal.Entry;
import dev.lockdown.journal.Journal;
import dev.lockdown.report.Run;
import dev.lockdown.report.RunBuilder;
import dev.lockdown.run.ExitStatus;
import dev.lockdown.spec.Session;
import dev.lockdown.spec.Specification;
import dev.lockdown.state.InputException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/// `./lockdown dev mutants`: seeded defects of the embedded data plane, each of which a named scenario must catch.
///
/// A scenario names what it catches with a tag, `@catches:ignores-egress`.
final class MutantsCommand implements Command {
    private static final String TAG = "@catches:";
    /// Not wrong: the harness waits until enforcement shows.
    private static final List<String> LEGAL = List.of("late");

    private final ProcessContext context;

    MutantsCommand(ProcessContext context) {
        this.context = context;
    }

    @Override
    public CommandSpec spec() {
        return Options
            .command(this, "mutants", "Switch on seeded defects of the embedded data plane, one by one; each must turn its scenario red.")
            .addPositional(PositionalParamSpec.builder().paramLabel("DEFECT").arity("0..*").type(List.class).auxiliaryTypes(String.class)
                .description("Only these. Default: all.").build())
            .addOption(Options.count("--healthy", "How often the whole specification must be green without a defect. Default: once."));
    }

    @Override
    public ExitStatus run(ParseResult typed) {
        List<String> defects =
            typed.matchedPositionalValue(0, EmbeddedBackend.defectNames().stream().filter(d -> !LEGAL.contains(d)).toList());
        var survivors = new ArrayList<String>();
        for (var defect : defects) {
            var catcher = catcher(defect);
            context.out().println(
                "%s %-42s %s".formatted(catcher == null ? "✗" : "✓", defect, catcher == null ? "SURVIVED: no scenario noticed" : catcher));
            if (catcher == null) survivors.add(defect);
        }
        int alarms = falseAlarms(typed.matchedOptionValue("--healthy", 1));
        context.out()
            .println("%s of %s defects caught, %s false alarms".formatted(defects.size() - survivors.size(), defects.size(), alarms));
        return survivors.isEmpty() && alarms == 0 ? ExitStatus.OK : ExitStatus.FAILED;
    }

    /// The scenario that turned red, or null. The scenarios that name the defect are tried first.
    private @Nullable String catcher(String defect) {
        var named = selected(List.of(features(), TAG + defect));
        var caught = named == null ? null : firstRed(named, EmbeddedBackend.defective(context.clock(), List.of(defect)));
        if (caught != null) return caught;
        var all = select(List.of(features()));
        var other = firstRed(all, EmbeddedBackend.defective(context.clock(), List.of(defect)));
        return other == null ? null : other + "  (not by a scenario that names it)";
    }

    private @Nullable Specification selected(List<String> words) {
        try {
            return select(words);
        } catch (InputException _) {
            return null;
        }
    }

    private static Specification select(List<String> words) {
        return Specification.select(words, Runtime.getRuntime().availableProcessors(), List.of());
    }

    private String features() {
        return context.atHome("features").toString();
    }

    private @Nullable String firstRed(Specification specification, EmbeddedBackend backend) {
        for (var scenario : run(specification, backend, true).scenarios()) {
            var status = scenario.status();
            if (isRed(status))
                return "%s:%s %s [%s]".formatted(scenario.started().feature(), scenario.started().line(), scenario.started().name(),
                    status.name().toLowerCase(Locale.ROOT));
        }
        return null;
    }

    /// One that was skipped, since the kernel lacks what it needs, says nothing; one that is broken is a mistake of ours.
    private static boolean isRed(Entry.Status status) {
        return status == Entry.Status.FAILED || status == Entry.Status.INCONCLUSIVE;
    }

    /// @param untilRed whether the first red scenario is enough
    private Run run(Specification specification, EmbeddedBackend backend, boolean untilRed) {
        var red = new AtomicBoolean();
        var run = new RunBuilder();
        try (backend; var journal = Journal.inMemory()) {
            journal.listen(run);
            journal.listen(entry -> {
                if (untilRed && entry instanceof Entry.ScenarioFinished f && isRed(f.status())) red.set(true);
            });
            specification.run(new Session(backend, journal::append, context.clock(), red::get), 1);
        }
        return run.run();
    }

    private int falseAlarms(int times) {
        int alarms = 0;
        for (int i = 0; i < times; i++) {
            var run = run(select(List.of(features())), EmbeddedBackend.sound(context.clock()), false);
            alarms += run.counts().faulty();
            run.scenarios().stream().filter(s -> s.status() != Entry.Status.PASSED && s.status() != Entry.Status.SKIPPED)
                .forEach(s -> context.out()
                    .println("false alarm: %s:%s %s".formatted(s.started().feature(), s.started().line(), s.started().name())));
        }
        return alarms;
    }
}
