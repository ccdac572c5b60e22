package dev.lockdown.cli;

import dev.lockdown.cluster.Established;
import dev.lockdown.cluster.embedded.EmbeddedBackend;
import dev.lockdown.state.InputException;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.TypeConversionException;

/// How the embedded cluster behaves where a scenario does not say it.
///
/// @param established what becomes of connections that a policy denies; null for the usual
/// @param defect a seeded one, or empty
record EmbeddedOptions(boolean rejecting, @Nullable Established established, String defect) {
    private static final List<String> ALL = List.of("--rejecting", "--established", "--defect");

    static void addTo(CommandSpec spec) {
        spec.addOption(Options.flag("--rejecting", "The embedded cluster: answer what is denied instead of dropping it."))
            .addOption(establishing())
            .addOption(OptionSpec.builder("--defect").hidden(true).type(String.class).build());
    }

    private static OptionSpec establishing() {
        return Options.option("--established", String.join("|", Established.words()), Established.class, EmbeddedOptions::named,
            "The embedded cluster: what becomes of connections that a policy denies.");
    }

    private static Established named(String word) {
        return Established.named(word).orElseThrow(() -> new TypeConversionException(
            "\"%s\" is none; expected %s".formatted(word, String.join(", ", Established.words()))));
    }

    /// @throws picocli.CommandLine.ParameterException if one is typed for another cluster
    static EmbeddedOptions of(ParseResult typed, ClusterChoice cluster) {
        boolean embedded = cluster instanceof ClusterChoice.Embedded;
        for (var option : ALL)
            if (!embedded && typed.hasMatchedOption(option))
                throw Options.wrong(typed, option + " is a setting of the embedded cluster; another one has its own");
        return new EmbeddedOptions(typed.hasMatchedOption("--rejecting"), typed.matchedOptionValue("--established", (Established) null),
            typed.matchedOptionValue("--defect", ""));
    }

    /// @throws InputException if there is no such defect
    EmbeddedBackend backend(InstantSource clock) {
        var backend = EmbeddedClusters.embedded(clock, defect).establishing(established);
        return rejecting ? backend.rejecting() : backend;
    }
}
