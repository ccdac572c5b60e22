package dev.lockdown.rehearsal;

import dev.lockdown.flow.Port;
import dev.lockdown.need.Party;
import dev.lockdown.need.Unproven;
import java.util.List;

/// All that a rehearsal found.
///
/// @param stage what it was played on, for people
/// @param workloads how many there are
/// @param namespaces that were locked down, sorted
/// @param results of every need, sorted as needs are
/// @param proposals the lockdown itself first, then by file
/// @param opened what the proposals open besides what is needed
/// @param openToday what the application's own policies leave open and nobody needs, where it has any
/// @param unproven what could not be tried
/// @param assumed what was taken for granted
/// @param isConsolidated whether wider policies were asked for, which may open more
public record Rehearsed(String stage, int workloads, List<String> namespaces, int policies, List<NeedResult> results,
        List<Proposal> proposals, List<Way> opened, List<Way> openToday, List<Unproven> unproven, List<String> assumed,
        boolean isConsolidated) {
    public Rehearsed {
        namespaces = List.copyOf(namespaces);
        results = List.copyOf(results);
        proposals = List.copyOf(proposals);
        opened = List.copyOf(opened);
        openToday = List.copyOf(openToday);
        unproven = List.copyOf(unproven);
        assumed = List.copyOf(assumed);
    }

    /// A flow between workloads that nobody needs.
    public record Way(Party from, Party to, Port port) implements Comparable<Way> {
        @Override
        public int compareTo(Way other) {
            int ends = from.compareTo(other.from) != 0 ? from.compareTo(other.from) : to.compareTo(other.to);
            return ends != 0 ? ends : port.compareTo(other.port);
        }

        @Override
        public String toString() {
            return from + " to " + to + " on " + port;
        }
    }

    public long broken() {
        return results.stream().filter(NeedResult::isBroken).count();
    }

    public long healed() {
        return results.stream().filter(r -> r.isBroken() && r.isHealed()).count();
    }

    public long healingUnproven() {
        return results.stream().filter(NeedResult::isHealingUnproven).count();
    }

    public long brokenToday() {
        return results.stream().filter(NeedResult::isBrokenToday).count();
    }

    /// Whether the proposals heal exactly what broke and open nothing else. What works throughout and cannot be asked for sure, such as a
    /// probe of the kubelet where nothing is probed, is neither.
    public boolean isExact() {
        return (isConsolidated || opened.isEmpty()) && results.stream()
            .noneMatch(r -> r.isLost() || r.before() == Seen.OPEN && (r.healed() == Seen.BLOCKED || r.healed() == Seen.SOME));
    }
}
