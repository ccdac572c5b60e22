package dev.lockdown.policy;

import dev.lockdown.flow.Port;
import java.util.List;

/// A flow to one place where it may arrive: the destination itself, or one backend of a Service.
///
/// @param destination who is there
/// @param port the port there, after DNAT
public record ResolvedFlow(String destination, Port port, Side egress, Side ingress) {

    public List<Side> sides() {
        return List.of(egress, ingress);
    }

    /// The same where what would allow it is open.
    ResolvedFlow leftOpen(OpenQuestion question) {
        return new ResolvedFlow(destination, port, egress,
            new Side(ingress.direction(), ingress.subject(), question, ingress.isolating(), ingress.readings(), ingress.almostSelecting()));
    }

    Demand demand() {
        return Demand.of(egress.ruling(), ingress.ruling());
    }

    /// The sides that settle the flow: those that refuse, else those that are open, else those that let it in.
    List<Side> decisive() {
        var demand = demand();
        return sides().stream().filter(s -> switch (s.ruling()) {
            case Settled.REFUSED -> demand == Demand.DENIED;
            case OpenQuestion _ -> demand == Demand.UNSPECIFIED;
            case Settled.ADMITTED, Settled.OWN_NODE, Settled.OWN_ADDRESS -> demand == Demand.ALLOWED;
            case Settled.NOT_A_POD, Settled.NOT_ISOLATED -> false;
        }).toList();
    }
}
