package dev.lockdown.table;

import dev.lockdown.manifest.Note;
import dev.lockdown.manifest.Resource;
import dev.lockdown.policy.Blocks;
import dev.lockdown.state.Direction;
import dev.lockdown.state.NetworkPolicy;
import dev.lockdown.state.NetworkPolicy.Peer;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// Finds what an ipBlock says of pods under the addresses that a dump has for them, and does not say of them under those that the probed
/// cluster gave them, or the other way round.
public final class MovedAddresses {
    private static final int SHOWN = 3;

    private MovedAddresses() {}

    private record Moved(String pod, InetAddress from, InetAddress to) {
        boolean changes(Peer.IpBlock block) {
            return Blocks.contains(block, from) != Blocks.contains(block, to);
        }

        String words(Peer.IpBlock block) {
            return "%s (%s there, %s here, which is %s it)".formatted(pod, from.getHostAddress(), to.getHostAddress(),
                Blocks.contains(block, to) ? "in" : "outside");
        }
    }

    /// Give a warning for each such block, with its line.
    ///
    /// @param probed any state that was probed, which has the addresses
    public static List<Note> notes(Described described, Survey probed) {
        var moved = moved(described, probed);
        var notes = new ArrayList<Note>();
        if (moved.isEmpty()) return notes;
        var lines = new PolicyLines(described.written());
        for (var resource : described.written())
            if (resource instanceof Resource.OfPolicy(var policy, _, _)) add(policy, moved, lines, notes);
        return notes;
    }

    /// The families are compared one by one.
    private static List<Moved> moved(Described described, Survey probed) {
        var here = probed.pods().stream().collect(Collectors.toMap(Survey.PodLine::name, Survey.PodLine::ips, (a, _) -> a));
        var moved = new ArrayList<Moved>();
        for (var manifest : described.manifests())
            for (var pod : manifest.addresses().entrySet())
                for (var there : pod.getValue())
                    here.getOrDefault(pod.getKey().toString(), List.of()).stream().filter(h -> h.contains(":") == there.contains(":"))
                        .filter(h -> !h.equals(there)).forEach(
                            h -> moved.add(new Moved(pod.getKey().toString(), InetAddress.ofLiteral(there), InetAddress.ofLiteral(h))));
        return moved;
    }

    private static void add(NetworkPolicy policy, List<Moved> moved, PolicyLines lines, List<Note> notes) {
        for (var direction : policy.types()) {
            var rules = policy.rules(direction);
            for (int r = 0; r < rules.size(); r++)
                for (int p = 0; p < rules.get(r).peers().size(); p++) {
                    if (!(rules.get(r).peers().get(p) instanceof Peer.IpBlock block)) continue;
                    var changed = moved.stream().filter(m -> m.changes(block)).toList();
                    if (changed.isEmpty()) continue;
                    var part = "%s[%s].%s[%s]".formatted(direction, r, direction == Direction.INGRESS ? "from" : "to", p);
                    notes.add(new Note(Note.Grade.WARNING, "NetworkPolicy", policy.name().toString(), lines.of(policy.name(), part),
                        ("policy %s %s speaks of %s, and pods have other addresses here than in the manifests: %s%s; --expected-only answers for "
                            + "those of the manifests").formatted(policy.name(), part, block.cidr(),
                                changed.stream().limit(SHOWN).map(m -> m.words(block)).collect(Collectors.joining(", ")),
                                changed.size() > SHOWN ? " and %s more".formatted(changed.size() - SHOWN) : "")));
                }
        }
    }
}
