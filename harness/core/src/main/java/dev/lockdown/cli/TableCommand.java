package dev.lockdown.cli;

import dev.lockdown.cluster.Backend;
import dev.lockdown.cluster.Needs;
import dev.lockdown.flow.Family;
import dev.lockdown.flow.Port;
import dev.lockdown.graph.Graph;
import dev.lockdown.graph.GraphHtml;
import dev.lockdown.graph.GraphText;
import dev.lockdown.manifest.Note;
import dev.lockdown.run.ExitStatus;
import dev.lockdown.state.Addresses;
import dev.lockdown.table.Described;
import dev.lockdown.table.DescribedStates;
import dev.lockdown.table.MovedAddresses;
import dev.lockdown.table.PolicyLines;
import dev.lockdown.table.Shift;
import dev.lockdown.table.ShiftText;
import dev.lockdown.table.Shifts;
import dev.lockdown.table.Survey;
import dev.lockdown.table.Survey.Agreement;
import dev.lockdown.table.SurveyGraph;
import dev.lockdown.table.SurveyJson;
import dev.lockdown.table.SurveySheet;
import dev.lockdown.table.SurveyText;
import dev.lockdown.table.Surveyor;
import dev.lockdown.table.Workloads;
import dev.lockdown.state.InputException;
import dev.lockdown.trial.ScenarioJournal;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.TypeConversionException;

/// `./lockdown table`: who reaches whom in somebody's manifests.
final class TableCommand implements Command {
    private final ProcessContext context;
    private final Map<String, String> environment;

    TableCommand(ProcessContext context, Map<String, String> environment) {
        this.context = context;
        this.environment = environment;
    }

    @Override
    public CommandSpec spec() {
        var spec = Options
            .command(this, "table", "Show who reaches whom in manifests: what the policies demand beside what real connections see.")
            .addOption(OptionSpec.builder("--base").paramLabel("MANIFESTS").arity("1..*").type(List.class).auxiliaryTypes(Path.class)
                .description("With --head, in place of -f: manifests before a change. Nothing is probed.").build())
            .addOption(OptionSpec.builder("--head").paramLabel("MANIFESTS").arity("1..*").type(List.class).auxiliaryTypes(Path.class)
                .description("With --base: the same manifests after it. What opened and what shut is listed.").build())
            .addOption(OptionSpec.builder("--then").paramLabel("FILE").type(List.class).auxiliaryTypes(Path.class)
                .description(
                    "A further state: what it has is applied, relabelled or ($patch: delete) deleted, and all is asked again. Repeatable.")
                .build())
            .addOption(OptionSpec.builder("--port").paramLabel("TCP/80").type(List.class).auxiliaryTypes(String.class)
                .description("A port that every pod serves. Repeatable. Default: what the pods declare.").build())
            .addOption(OptionSpec.builder("--host").paramLabel("NAME=ADDRESS,TCP/443").type(List.class).auxiliaryTypes(String.class)
                .description("A machine outside the cluster that is asked, and asks. Repeatable.").build())
            .addOption(Options.flag("--from-nodes", "Nodes ask, too."))
            .addOption(Options.flag("--expected-only", "Probe nothing: only what the policies demand."))
            .addOption(Options.flag("--only-differences", "Only flows that are not as expected."))
            .addOption(OptionSpec.builder("--fail-on").paramLabel("opened|shut|new").type(List.class).auxiliaryTypes(Shift.Kind.class)
                .converters(text -> failOn(text)).splitRegex(",").completionCandidates(List.of("opened", "shut", "new"))
                .description("Exit status 1 where a later state (--then, --head) has such flows. Repeatable.").build())
            .addOption(Options.flag("--wide", "A row and a column for every pod, not for every workload whose replicas agree."))
            .addOption(Options.flag("--ipv6", "On a cluster of IPv6 alone."))
            .addOption(Options.flag("--dual-stack", "On a cluster with IPv4 and IPv6."))
            .addOption(
                Options.option("--output", "FORM", TableOutput.class, TableOutput::parse,
                    "What standard output carries: text, json, jsonl, html, dot, mermaid, csv or markdown. Default: text"))
            .addOption(OptionSpec.builder("--defect").hidden(true).type(String.class).build());
        ManifestOptions.addTo(spec);
        ClusterOptions.addTo(spec);
        spec.usageMessage().footer("", "Examples:",
            "  ./lockdown table -f policies/ -f apps/shop.yaml",
            "  kubectl get deploy,svc,netpol,ns -A -o yaml | ./lockdown table -f - --expected-only",
            "  ./lockdown table --cluster kubeconfig --live -n shop --then my-new-policy.yaml",
            "  ./lockdown table -f shop.yaml --port TCP/80 --port UDP/81 --then without-deny.yaml");
        return spec;
    }

    @Override
    public ExitStatus run(ParseResult typed) throws IOException {
        List<Port> ports = typed.matchedOptionValue("--port", List.<String>of()).stream().map(TableCommand::port).toList();
        var surveyor = new Surveyor(ports, typed.hasMatchedOption("--from-nodes"));
        var asked = typed.hasMatchedOption("--base") || typed.hasMatchedOption("--head") ? compared(typed, ports, surveyor)
            : surveyed(typed, ports, surveyor);
        List<Shift.Kind> failing = typed.matchedOptionValue("--fail-on", List.of());
        if (!failing.isEmpty() && asked.surveys.size() == 1)
            throw new InputException("--fail-on compares states, and there is one; give a further one with --then, or --base and --head");
        print(asked, typed);
        boolean failed = asked.changes.stream().flatMap(List::stream).anyMatch(s -> failing.contains(s.kind()));
        if (failed || asked.surveys.stream().anyMatch(s -> s.count(Agreement.DIFFERS) > 0)) return ExitStatus.FAILED;
        return asked.surveys.stream().anyMatch(s -> s.undecided() > 0) ? ExitStatus.INCONCLUSIVE : ExitStatus.OK;
    }

    /// @param changes from each state to the next
    private record Asked(List<Survey> surveys, List<List<Shift>> changes, List<Note> notes, Workloads workloads) {

        /// The last state, with what the step before it changed.
        Graph graph(boolean wide) {
            return SurveyGraph.of(surveys.getLast(), workloads, wide, changes.isEmpty() ? List.of() : changes.getLast());
        }

        List<String> sentences() {
            return List.of(SurveyText.summary(surveys.getLast()));
        }
    }

    private Asked surveyed(ParseResult typed, List<Port> ports, Surveyor surveyor) {
        var input = new TableInput(context.err(), environment);
        var described = input.read(typed, ports);
        var surveys = new ArrayList<Survey>();
        if (TableInput.isExpectedOnly(typed)) surveys.addAll(expected(described, surveyor));
        else probe(described.states(), surveyor, typed, surveys);
        if (!TableInput.isExpectedOnly(typed)) input.tellOfSctp(described.states(), surveys);
        var notes = new ArrayList<>(described.notes());
        if (!TableInput.isExpectedOnly(typed)) notes.addAll(told(MovedAddresses.notes(described, surveys.getFirst())));
        var workloads = Workloads.of(described.written());
        var changes = new ArrayList<List<Shift>>();
        for (int step = 1; step < surveys.size(); step++)
            changes.add(Shifts.between(surveys.get(step - 1), surveys.get(step), workloads,
                new PolicyLines(described.written(step - 1)), new PolicyLines(described.written(step))));
        return new Asked(surveys, changes, notes, workloads);
    }

    private List<Note> told(List<Note> notes) {
        ManifestOptions.tell(notes, context.err());
        return notes;
    }

    private Asked compared(ParseResult typed, List<Port> ports, Surveyor surveyor) {
        if (!typed.hasMatchedOption("--base") || !typed.hasMatchedOption("--head") || typed.hasMatchedOption("-f")
            || typed.hasMatchedOption("--then"))
            throw new InputException("--base and --head go together, without -f and --then");
        if (FirstState.isLive(typed)) throw new InputException("--base and --head are manifests; --live has the cluster's state for both");
        var input = new TableInput(context.err(), environment);
        var base = input.compared("--base", typed, ports);
        var head = input.compared("--head", typed, ports);
        var surveys = List.of(expected(base, surveyor).getFirst(), expected(head, surveyor).getFirst().asStep(1));
        var written = new ArrayList<>(head.written());
        written.addAll(base.written());
        var workloads = Workloads.of(written);
        var changes = Shifts.between(surveys.getFirst(), surveys.getLast(), workloads, new PolicyLines(base.written()),
            new PolicyLines(head.written()));
        return new Asked(surveys, List.of(changes), head.notes(), workloads);
    }

    private static Shift.Kind failOn(String text) {
        for (var kind : Shift.Kind.values()) if (kind.toString().equals(text)) return kind;
        throw new TypeConversionException("\"%s\" is nothing to fail on; expected opened, shut or new".formatted(text));
    }

    private static Port port(String text) {
        try {
            return Port.parse(text);
        } catch (IllegalArgumentException e) {
            throw new InputException("--port: " + e.getMessage());
        }
    }

    private static Needs needs(ParseResult typed) {
        if (typed.hasMatchedOption("--dual-stack")) return new Needs(2, List.of(Family.IPV4, Family.IPV6));
        return typed.hasMatchedOption("--ipv6") ? new Needs(2, List.of(Family.IPV6)) : Needs.DEFAULT;
    }

    private static List<Survey> expected(Described described, Surveyor surveyor) {
        var first = TableInput.cast(described.states());
        return surveyor.within(described.scope()).expect(described.states(), new Addresses(described.addresses(first)), first);
    }

    private Backend backend(ParseResult typed) {
        String defect = typed.matchedOptionValue("--defect", "");
        if (!defect.isEmpty()) return EmbeddedClusters.embedded(context.clock(), defect);
        return new Clusters(context, environment).backend(ClusterOptions.of(typed, environment));
    }

    private void probe(DescribedStates states, Surveyor surveyor, ParseResult typed, List<Survey> surveys) {
        try (var backend = backend(typed); var cluster = backend.start(needs(typed))) {
            context.cleanup().add(cluster);
            surveyor.survey(states, cluster, new ScenarioJournal("table", _ -> {}, context.clock()), surveys::add);
        }
    }

    private void print(Asked asked, ParseResult typed) throws IOException {
        boolean onlyDifferences = typed.hasMatchedOption("--only-differences");
        boolean wide = typed.hasMatchedOption("--wide");
        switch (typed.matchedOptionValue("--output", TableOutput.TEXT)) {
            case TEXT -> text(asked, new SurveyText(onlyDifferences, asked.workloads, wide, context.terminal().width()));
            case JSON -> new SurveyJson(context.out(), onlyDifferences).document(asked.surveys, asked.notes, asked.changes);
            case JSONL -> {
                for (var survey : asked.surveys) new SurveyJson(context.out(), onlyDifferences).lines(survey);
            }
            case HTML -> context.out().print(GraphHtml.page("Who reaches whom", asked.sentences(), asked.graph(wide)));
            case DOT -> context.out().print(GraphText.dot(asked.graph(wide)));
            case MERMAID -> context.out().print(GraphText.mermaid(asked.graph(wide)));
            case CSV -> SurveySheet.csv(asked.surveys, onlyDifferences).forEach(context.out()::println);
            case MARKDOWN -> {
                for (var survey : asked.surveys) {
                    SurveySheet.markdown(survey, asked.workloads, wide).forEach(context.out()::println);
                    if (survey.step() > 0) SurveySheet.markdown(asked.changes.get(survey.step() - 1)).forEach(context.out()::println);
                }
            }
        }
        context.out().flush();
    }

    private void text(Asked asked, SurveyText text) {
        for (var survey : asked.surveys) {
            text.lines(survey).forEach(context.out()::println);
            if (survey.step() > 0) ShiftText.lines(asked.changes.get(survey.step() - 1)).forEach(context.out()::println);
        }
    }
}
