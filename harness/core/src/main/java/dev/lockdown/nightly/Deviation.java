package dev.lockdown.nightly;

import dev.lockdown.history.FlowVerdict;
import dev.lockdown.history.ScenarioDigest;
import dev.lockdown.manifest.yaml.Position;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Something that a network plugin is known to do otherwise than the features say.
///
/// @param at where it is listed
/// @param cni the network plugin, in its project's own spelling
/// @param versions null for all of them
/// @param feature a path, with `*` for any part of it; null for all of them
/// @param scenario a name, with `*` for any part of it; null for all of them. The second of the same name in a feature is `NAME (2)`
/// @param flow `shop/web to shop/api on TCP/8080`, with `*` for any part of it; null where the scenario as a whole is meant
/// @param link where it is told, or null
/// @param sometimes whether it comes and goes, so that nothing is mended where it does not show
public record Deviation(Position at, String cni, @Nullable VersionRange versions, @Nullable String feature, @Nullable String scenario,
        @Nullable String flow, String reason, @Nullable String link, boolean sometimes) {

    /// Whether it is about what runs on such a plugin.
    boolean isAbout(Plugin plugin) {
        return cni.equals(plugin.name()) && (versions == null || versions.admits(plugin.version()));
    }

    boolean isAbout(ScenarioDigest digest) {
        return matches(feature, digest.feature()) && matches(scenario, digest.key().name());
    }

    /// Whether it is the reason for a verdict that is not as the step claims.
    boolean explains(FlowVerdict verdict) {
        return flow == null || matches(flow, verdict.flow().toString());
    }

    private static boolean matches(@Nullable String pattern, String text) {
        return pattern == null
            || Pattern.matches(Stream.of(pattern.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*")), text);
    }

    /// What it is about, in words.
    public String words() {
        return "%s%s: %s%s".formatted(cni, versions == null ? "" : " " + versions,
            Stream.of(feature, scenario, flow).filter(p -> p != null).collect(Collectors.joining(", ")), sometimes ? " (at times)" : "");
    }
}
