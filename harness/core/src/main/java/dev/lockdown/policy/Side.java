package dev.lockdown.policy;

import dev.lockdown.flow.NamespacedName;
import dev.lockdown.state.Direction;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;

/// One side of a flow: egress of its source or ingress of its destination.
///
/// @param subject the pod, node or machine at this end
/// @param isolating the policies that isolate it in this direction
/// @param readings what every entry of their rules says of the flow
/// @param almostSelecting policies that would select the subject but for one requirement, and which it is
public record Side(Direction direction, String subject, Ruling ruling, List<NamespacedName> isolating, List<Reading> readings,
        List<String> almostSelecting) {
    public Side {
        isolating = List.copyOf(isolating);
        readings = List.copyOf(readings);
        almostSelecting = List.copyOf(almostSelecting);
    }

    public List<Reading.Admits> admissions() {
        return readings.stream().filter(Reading.Admits.class::isInstance).map(Reading.Admits.class::cast).toList();
    }

    /// The entries that do not admit the flow, the nearest misses first.
    public List<Reading.Misses> misses() {
        return readings.stream().filter(Reading.Misses.class::isInstance).map(Reading.Misses.class::cast)
            .sorted(Comparator.comparingInt(Reading.Misses::distance)).toList();
    }

    /// The same without what no reason tells of: one admission for each policy, the nearest misses of a refusal.
    Side brief() {
        var kept = switch (ruling) {
            case Settled.ADMITTED -> admissionsOfEach();
            case Settled.REFUSED -> misses().stream().limit(Because.MISSES_SHOWN).<Reading>map(m -> m).toList();
            case Settled.NOT_A_POD, Settled.NOT_ISOLATED, Settled.OWN_ADDRESS, Settled.OWN_NODE -> List.<Reading>of();
            case OpenQuestion _ -> readings.stream().filter(Reading.Unsettled.class::isInstance).toList();
        };
        return new Side(direction, subject, ruling, isolating, kept, List.of());
    }

    private List<Reading> admissionsOfEach() {
        var first = new LinkedHashMap<NamespacedName, Reading>();
        for (var admission : admissions()) first.putIfAbsent(admission.policy(), admission);
        return List.copyOf(first.values());
    }

    /// The policies that made the ruling what it is; none where no policy had a say.
    public List<NamespacedName> deciding() {
        return switch (ruling) {
            case Settled.ADMITTED -> admissions().stream().map(Reading.Admits::policy).distinct().toList();
            case Settled.REFUSED -> isolating;
            case Settled.NOT_A_POD, Settled.NOT_ISOLATED, Settled.OWN_ADDRESS, Settled.OWN_NODE -> List.of();
            case OpenQuestion _ -> unsettled().isEmpty() ? isolating : unsettled();
        };
    }

    private List<NamespacedName> unsettled() {
        return readings.stream().filter(Reading.Unsettled.class::isInstance).map(Reading::policy).distinct().toList();
    }

    @Override
    public String toString() {
        return direction + " of " + subject;
    }
}
