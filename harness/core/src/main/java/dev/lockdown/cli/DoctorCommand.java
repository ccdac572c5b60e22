package dev.lockdown.cli;

import dev.lockdown.cli.Check.Finding;
import dev.lockdown.run.ExitStatus;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// `./lockdown doctor`: what this machine can do, what is missing, and the command that mends it.
final class DoctorCommand implements Command {
    private final ProcessContext context;
    private final Map<String, String> environment;
    private final MachineChecks checks;

    DoctorCommand(ProcessContext context, Map<String, String> environment) {
        this.context = context;
        this.environment = environment;
        this.checks = new MachineChecks(context.home(), new Packages());
    }

    @Override
    public CommandSpec spec() {
        var spec = Options.command(this, "doctor", "Say what this machine can do, what is missing, and the command that mends it.")
            .addOption(Options.flag("--fix", "Run the commands that mend what a run needs; they want root."))
            .addOption(Options.flag("--sweep", "Remove what earlier runs left behind, here or on the cluster that is named."))
            .addOption(Options.flag("--yes", "With --sweep on a cluster: remove it at once, and do not only say what would be removed."));
        spec.addOption(K3sOptions.imagesOfDoctor()).addOption(Options.textOrJson());
        ClusterOptions.addTo(spec);
        spec.usageMessage().footer("",
            "Exit status 3 if the embedded cluster cannot run here, or the cluster that is named cannot be used; 1 if --sweep finds what "
                + "earlier runs left on a cluster and does not remove it.");
        return spec;
    }

    @Override
    public ExitStatus run(ParseResult typed) throws IOException, InterruptedException {
        var options = ClusterOptions.of(typed, environment);
        boolean json = Options.asksForJson(typed);
        if (!(options.choice() instanceof ClusterChoice.Embedded))
            return json ? elsewhereAsJson(options, typed) : elsewhere(options, typed, context);
        if (typed.hasMatchedOption("--sweep")) new Sweep(context).run();
        var found = checks.findings();
        if (typed.hasMatchedOption("--fix") && mend(found)) found = checks.findings();
        boolean able = found.stream().allMatch(c -> c.holds() || !c.required());
        if (json) JsonDocument.write(context.out(), new DoctorJson("embedded", able, found, List.of())::body);
        else print(found, able);
        return able ? ExitStatus.OK : ExitStatus.CANNOT_RUN;
    }

    private ExitStatus elsewhere(ClusterOptions options, ParseResult typed, ProcessContext context) throws IOException {
        return switch (options.choice()) {
            case ClusterChoice.Embedded _ -> throw new IllegalArgumentException("the embedded cluster is this machine");
            case ClusterChoice.Kubeconfig(var kubeContext) ->
                new ClusterDoctor(context, environment).run(options, kubeContext, typed.hasMatchedOption("--sweep"),
                    typed.hasMatchedOption("--yes"));
            case ClusterChoice.K3s k3s -> {
                if (typed.hasMatchedOption("--sweep")) new Sweep(context).run();
                yield new K3sDoctor(context).run(options.k3s().request(k3s, context.home(), options.agentImage(), false),
                    typed.hasMatchedOption("--images"));
            }
        };
    }

    /// The lines for people are the document's facts.
    private ExitStatus elsewhereAsJson(ClusterOptions options, ParseResult typed) throws IOException {
        var lines = new StringWriter();
        var status = elsewhere(options, typed, context.printing(new PrintWriter(lines, true)));
        JsonDocument.write(context.out(),
            new DoctorJson(Clusters.words(options), status != ExitStatus.CANNOT_RUN, List.of(), lines.toString().lines().toList())::body);
        return status;
    }

    private boolean mend(List<Check> found) throws IOException, InterruptedException {
        var remedies = found.stream().filter(Check::required).map(Check::finding).map(DoctorCommand::remedy).filter(Objects::nonNull)
            .distinct().toList();
        if (remedies.isEmpty()) return false;
        if (!isRoot()) {
            context.err().println("to be run as root:");
            remedies.forEach(r -> context.err().println("  sudo " + r));
            return false;
        }
        for (var remedy : remedies) {
            context.err().println(remedy);
            int status = new ProcessBuilder("sh", "-c", remedy + " >&2").inheritIO().start().waitFor();
            if (status != 0) context.err().println("failed with status " + status);
        }
        return true;
    }

    private static @Nullable String remedy(Finding finding) {
        return finding instanceof Finding.Lacking(var _, var remedy) ? remedy : null;
    }

    private static boolean isRoot() throws IOException { return Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0); }

    private void print(List<Check> found, boolean able) {
        int width = found.stream().mapToInt(c -> c.name().length()).max().orElse(0);
        for (var check : found) context.out().println(line(check, width));
        context.out().println(able ? "the embedded cluster runs here: ./lockdown run"
            : "the embedded cluster cannot run here before what is marked is mended");
    }

    private String line(Check check, int width) {
        var name = check.name() + " ".repeat(width - check.name().length());
        return switch (check.finding()) {
            case Finding.Good(var detail) -> "%s %s  %s".formatted(mark("green", "✓", "+"), name, detail);
            case Finding.Lacking(var problem, var remedy) -> "%s %s  %s%s".formatted(
                check.required() ? mark("red", "✗", "x") : mark("yellow", "–", "-"), name, problem,
                remedy == null ? "" : "\n" + " ".repeat(width + 4) + "mend it: " + remedy);
        };
    }

    private String mark(String colour, String sign, String plain) {
        var shown = context.terminal().unicode() ? sign : plain;
        return context.terminal().colour() ? Ansi.ON.string("@|%s %s|@".formatted(colour, shown)) : shown;
    }
}
