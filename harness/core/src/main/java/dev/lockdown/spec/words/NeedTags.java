package dev.lockdown.spec.words;

import dev.lockdown.cluster.Established;
import dev.lockdown.cluster.Needs;
import dev.lockdown.flow.Family;
import dev.lockdown.flow.Protocol;
import dev.lockdown.state.InputException;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The tags by which a scenario says what it needs of its cluster.
public final class NeedTags {
    public static final String ESTABLISHED = "@established:";

    private NeedTags() {}

    /// @throws InputException if they contradict each other, or one cannot be used
    public static Needs needs(Collection<String> tags) {
        int nodes = tags.stream().map(t -> Pattern.compile("@needs:([0-9]{1,3})-nodes?").matcher(t)).filter(m -> m.matches())
            .mapToInt(m -> Integer.parseInt(m.group(1))).max().orElse(Needs.DEFAULT.nodes());
        var established = established(tags);
        if (tags.contains("@dual-stack")) return new Needs(nodes, List.of(Family.IPV4, Family.IPV6), established);
        return new Needs(nodes, tags.contains("@ipv6") ? List.of(Family.IPV6) : List.of(Family.IPV4), established);
    }

    private static @Nullable Established established(Collection<String> tags) {
        var asked = tags.stream().filter(t -> t.startsWith(ESTABLISHED)).map(t -> t.substring(ESTABLISHED.length())).distinct().toList();
        if (asked.isEmpty()) return null;
        if (asked.size() > 1)
            throw new InputException("%s: a cluster treats established connections in one way"
                .formatted(asked.stream().map(ESTABLISHED::concat).collect(Collectors.joining(" and "))));
        return Established.named(asked.getFirst()).orElseThrow(() -> new InputException("there is no tag %s%s; there are %s"
            .formatted(ESTABLISHED, asked.getFirst(),
                Established.words().stream().map(ESTABLISHED::concat).collect(Collectors.joining(", ")))));
    }

    /// What must be carried besides TCP and UDP.
    public static Set<Protocol> protocols(Collection<String> tags) {
        return tags.contains("@needs:sctp") ? Set.of(Protocol.SCTP) : Set.of();
    }
}
