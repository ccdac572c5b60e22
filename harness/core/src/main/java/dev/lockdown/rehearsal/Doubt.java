package dev.lockdown.rehearsal;

import dev.lockdown.need.Unproven;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/// What could not be proven for one and the same reason, told once for all of those whom it concerns.
///
/// @param first of them, with its place
/// @param more how many others there are
public record Doubt(Unproven first, int more) {

    private record Reason(String what, String remedy, boolean dangling) {}

    /// In the order in which they first come.
    public static List<Doubt> of(List<Unproven> all) {
        var byReason = new LinkedHashMap<Reason, List<Unproven>>();
        for (var unproven : all)
            byReason.computeIfAbsent(new Reason(unproven.what(), unproven.remedy(), unproven.dangling()), _ -> new ArrayList<>())
                .add(unproven);
        return byReason.values().stream().map(same -> new Doubt(same.getFirst(), same.size() - 1)).toList();
    }

    /// Whom it concerns, such as `shop/Deployment/web and 2 more`.
    public String whom() {
        return first.from() + (more > 0 ? " and %s more".formatted(more) : "");
    }

    /// Why, in a clause.
    public String why() {
        return (first.dangling() ? "dangling: " : "") + first.what();
    }
}
