package dev.lockdown.cli;

import dev.lockdown.manifest.Manifest;
import dev.lockdown.manifest.Manifests;
import dev.lockdown.manifest.Resource;
import dev.lockdown.manifest.files.ManifestInput;
import dev.lockdown.manifest.yaml.ManifestException;
import dev.lockdown.manifest.yaml.Position;
import dev.lockdown.manifest.yaml.Source;
import dev.lockdown.need.NeedReader;
import dev.lockdown.need.Needs;
import dev.lockdown.need.Party;
import dev.lockdown.need.PlatformAddresses;
import dev.lockdown.rehearsal.HomeAddresses;
import dev.lockdown.rehearsal.Rehearsal;
import dev.lockdown.rehearsal.Shadows;
import dev.lockdown.state.Addresses;
import dev.lockdown.state.Cidr;
import dev.lockdown.state.InputException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ParseResult;

/// Reads what `rehearse` is typed with: an application, or two states of one.
final class RehearsalInput {
    private final ParseResult typed;
    private final RehearsalStage stage;
    private final PrintWriter err;

    RehearsalInput(ParseResult typed, RehearsalStage stage, PrintWriter err) {
        this.typed = typed;
        this.stage = stage;
        this.err = err;
    }

    /// @param manifest with its policies
    record Application(Manifest manifest, Needs needs) {

        /// Where policies and workloads are written, by their names.
        Map<String, Position> places() {
            var places = new HashMap<String, Position>();
            for (var policy : manifest.writtenPolicies()) places.put(policy.policy().name().toString(), policy.at());
            for (var workload : needs.workloads())
                for (var resource : manifest.resources())
                    if (resource instanceof Resource.OfPod(var pod, _, var at, _) && workload.pods().contains(pod.name()))
                        places.putIfAbsent(workload.party().toString(), at);
            return places;
        }
    }

    Application read(Map<String, String> environment) {
        if (FirstState.isLive(typed)) {
            var live = LiveApplication.read(typed, environment, err);
            var placed = placed(live.manifest());
            ManifestOptions.tell(placed.notes(), err);
            return application(placed, live.sources(), "default", "the cluster has");
        }
        ManifestOptions.namespace(typed);
        if (typed.matchedPositionalValue(0, List.<String>of()) instanceof List<String> words && !words.isEmpty())
            throw Options.wrong(typed,
                "%1$s: manifests are named with -f %1$s; a namespace alone goes with --live".formatted(words.getFirst()));
        return read(ManifestOptions.sources(typed), "the manifests have");
    }

    /// @throws ManifestException if the manifests cannot be used
    private Application read(List<Source> sources, String whose) {
        var namespace = ManifestOptions.namespace(typed);
        var manifest =
            placed(Manifests.readAll(sources, namespace).requireRead(typed.hasMatchedOption("--accept-unseen")));
        ManifestOptions.tell(manifest.notes().stream().filter(n -> !NeedReader.reads(n.kind())).toList(), err);
        return application(manifest, sources, namespace, whose);
    }

    /// Where others run, it is the cluster that places pods.
    private Manifest placed(Manifest manifest) {
        return stage.isShared() ? manifest : manifest.onNodes(TableInput.NODES);
    }

    private Application application(Manifest manifest, List<Source> sources, String namespace, String whose) {
        var needs = NeedReader.read(manifest, sources, namespace, platform());
        if (needs.workloads().isEmpty())
            throw new InputException(whose + " no pods and no workloads, so there is no application to rehearse with; add them with -f");
        return new Application(manifest, needs);
    }

    boolean isChange() {
        return typed.hasMatchedOption("--base") || typed.hasMatchedOption("--head");
    }

    /// @param base the state before
    record Change(Application base, Application head) {}

    /// Read both states; all that is wrong with either is told.
    Change change() {
        if (!typed.hasMatchedOption("--base")) throw Options.wrong(typed, "--head goes with --base, the state before");
        if (!typed.hasMatchedOption("--head") && ManifestOptions.input(typed).isEmpty())
            throw Options.wrong(typed, "--base goes with --head, or with -f for the state that is in the working tree");
        var mistakes = new ArrayList<ManifestException>();
        var base = orKeep(mistakes, () -> read(sources("--base"), "the state of --base has"));
        var head = orKeep(mistakes, () -> read(typed.hasMatchedOption("--head") ? sources("--head") : ManifestOptions.sources(typed),
            "the state of --head has"));
        if (base == null || head == null) throw ManifestException.ofAll(mistakes);
        return new Change(base, head);
    }

    private static @Nullable Application orKeep(List<ManifestException> mistakes, Supplier<Application> reading) {
        try {
            return reading.get();
        } catch (ManifestException e) {
            mistakes.add(e);
            return null;
        }
    }

    /// Files and folders, or one revision in which those of -f or of the other option are read.
    private List<Source> sources(String option) {
        var words = typed.matchedOptionValue(option, List.<String>of());
        if (words.stream().allMatch(w -> Files.exists(Path.of(w)))) return Manifests.sources(files(words), ManifestOptions.searchPath());
        if (words.size() > 1)
            throw new InputException("%s %s: there is no such file or folder".formatted(option,
                words.stream().filter(w -> !Files.exists(Path.of(w))).findFirst().orElseThrow()));
        var revision = GitRevision.of(option, words.getFirst());
        var other = typed.matchedOptionValue(option.equals("--base") ? "--head" : "--base", List.<String>of());
        var named = ManifestOptions.input(typed);
        if (!named.isEmpty()) return revision.sources(named, ManifestOptions.searchPath());
        if (other.isEmpty() || !other.stream().allMatch(w -> Files.exists(Path.of(w))))
            throw Options.wrong(typed, "%s is a revision; name with -f which files of it are meant".formatted(option));
        return revision.sources(files(other), ManifestOptions.searchPath());
    }

    private ManifestInput files(List<String> words) {
        return new ManifestInput(words.stream().map(Path::of).toList(), typed.hasMatchedOption("-R"), List.of(), List.of());
    }

    Rehearsal rehearsal(Application application) {
        var hosts = typed.matchedOptionValue("--host", List.<String>of()).stream().map(TableInput::outside).toList();
        var shadows = Shadows.of(application.manifest, application.needs, hosts);
        if (shadows.namespaces().isEmpty())
            throw new InputException("all pods are in namespaces of the system (kube-system), which a lockdown leaves as they are; "
                + "add the manifests of another namespace with -f");
        return new Rehearsal(application.needs, stage.isShared() ? shadows.asGuests() : shadows, home(application.needs),
            typed.hasMatchedOption("--consolidate"));
    }

    private Map<Party.Role, String> platform() {
        var places = new EnumMap<Party.Role, String>(Party.Role.class);
        if (typed.matchedOptionValue("--ingress", null) instanceof String namespace) places.put(Party.Role.INGRESS, namespace);
        if (typed.matchedOptionValue("--prometheus", null) instanceof String namespace) places.put(Party.Role.PROMETHEUS, namespace);
        return places;
    }

    /// What is typed wins over what is declared.
    private HomeAddresses home(Needs needs) {
        var typedApi = typed.matchedOptionValue("--api-server", (Addresses.@Nullable ApiServer) null);
        var nodes = typed.matchedOptionValue("--node-addresses", List.<Cidr>of());
        return HomeAddresses.of(new PlatformAddresses(typedApi, nodes).or(needs.platform()));
    }
}
