package dev.lockdown.cli;

import dev.lockdown.cluster.k3s.CniCatalog;
import dev.lockdown.cluster.k3s.K3sRequest;
import dev.lockdown.cluster.k3s.K3sVersions;
import dev.lockdown.state.InputException;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/// What `--cluster k3s` is told besides. Whether the CNI, the version and the folders are there is seen by [#request].
///
/// @param version null means the newest that fixtures/k3s.yaml prefers
record K3sOptions(@Nullable String version, int nodes, boolean dualStack, @Nullable Path images, @Nullable Path registries,
        @Nullable Path charts, boolean reuse) {
    private static final List<String> ONLY_K3S = List.of("--k3s-version", "--nodes", "--dual-stack", "--images", "--registries", "--charts",
        "--reuse");

    /// Add the options, but for those that the command has in a way of its own.
    static void addTo(CommandSpec spec) {
        options().filter(o -> spec.findOption(o.longestName()) == null).forEach(spec::addOption);
    }

    private static Stream<OptionSpec> options() {
        return Stream.of(Options.text("--k3s-version", "VERSION", "With --cluster k3s: such as 1.35.0, or an image NAME:TAG."),
            Options.count("--nodes", "With --cluster k3s: how many nodes, each a container. Default: 2"),
            Options.flag("--dual-stack", "With --cluster k3s: IPv4 and IPv6."),
            Options.path("--images", "DIR", "With --cluster k3s: image archives (docker save, k3s-airgap-images) that every node gets."),
            Options.path("--registries", "FILE", "With --cluster k3s: k3s's registries.yaml, which names mirrors."),
            Options.path("--charts", "DIR", "With --cluster k3s: where the CNI's chart or manifest is looked for before it is fetched."),
            Options.flag("--reuse", "With --cluster k3s: take over a cluster of the same kind, and leave this one for the next run."));
    }

    /// `doctor` brings nothing up; it lists, with or without a folder to look into.
    static OptionSpec imagesOfDoctor() {
        return OptionSpec.builder("--images").paramLabel("DIR").arity("0..1").type(Path.class).fallbackValue("")
            .description("With --cluster k3s: list every image and file that a run without internet needs, and those that DIR has.")
            .build();
    }

    /// @throws picocli.CommandLine.ParameterException if one is typed that belongs to another cluster
    static K3sOptions of(ParseResult typed, ClusterChoice cluster) {
        for (var option : ONLY_K3S) {
            if (typed.hasMatchedOption(option) && !(cluster instanceof ClusterChoice.K3s) && !isOwn(typed, option))
                throw Options.wrong(typed, option + " belongs to --cluster k3s");
        }
        var images = typed.matchedOptionValue("--images", (@Nullable Path) null);
        return new K3sOptions(typed.matchedOptionValue("--k3s-version", (@Nullable String) null), typed.matchedOptionValue("--nodes", 2),
            typed.hasMatchedOption("--dual-stack"), images == null || images.toString().isEmpty() ? null : images,
            typed.matchedOptionValue("--registries", (@Nullable Path) null), typed.matchedOptionValue("--charts", (@Nullable Path) null),
            typed.hasMatchedOption("--reuse"));
    }

    /// @param home the clone, which has the CNIs
    /// `table` has two families on the embedded cluster too.
    private static boolean isOwn(ParseResult typed, String option) {
        return option.equals("--dual-stack") && typed.commandSpec().name().equals("table");
    }

    /// @param agentImage of the agents' pods
    /// @throws InputException if something is not known or not there, with what is
    K3sRequest request(ClusterChoice.K3s choice, Path home, String agentImage, boolean keep) {
        try {
            var cni = CniCatalog.in(home.resolve("fixtures/cnis")).choose(choice.cni(), choice.version(), dualStack);
            var k3s = K3sVersions.read(home.resolve("fixtures/k3s.yaml")).choose(version);
            return new K3sRequest(cni, k3s, nodes, dualStack, agentImage, images, registries, charts,
                home.resolve(".lockdown/downloads"), reuse, keep, UUID.randomUUID().toString());
        } catch (IllegalArgumentException e) {
            throw new InputException(String.valueOf(e.getMessage()));
        }
    }
}
