package dev.lockdown.manifest;

import dev.lockdown.flow.NamespacedName;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;

/// Gives the pods of workloads names that no other pod of the manifest has: a cluster appends random letters, here they are the same in
/// every run.
final class PodNames {
    private static final int LONGEST = 253 - 20;

    private final Set<NamespacedName> taken = new HashSet<>();

    /// Keep a name that cannot be chosen.
    void take(NamespacedName name) {
        taken.add(name);
    }

    /// Choose what the names of a workload's pods begin with: its own name, or with its kind behind where another has that.
    String stem(Workload workload) {
        var name = workload.name().name();
        if (workload.controller() == Controller.STATEFUL_SET) return name;
        var shortened = name.substring(0, Math.min(name.length(), LONGEST)).replaceFirst("[-.]+$", "");
        var stem = shortened;
        for (int next = 1; !isFree(workload, stem); next++)
            stem = shortened + "-" + workload.identity().kind().toLowerCase(Locale.ROOT).substring(0, Math.min(8, kindLength(workload)))
                + (next == 1 ? "" : "-" + next);
        for (var i : numbers(workload)) taken.add(new NamespacedName(workload.name().namespace(), stem + "-" + i));
        return stem;
    }

    private static int kindLength(Workload workload) {
        return workload.identity().kind().length();
    }

    private boolean isFree(Workload workload, String stem) {
        for (var i : numbers(workload)) if (taken.contains(new NamespacedName(workload.name().namespace(), stem + "-" + i))) return false;
        return true;
    }

    private static int[] numbers(Workload workload) {
        return IntStream.range(workload.first(), workload.first() + workload.count()).toArray();
    }
}
