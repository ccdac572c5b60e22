package dev.lockdown.policy;

import dev.lockdown.flow.Family;
import dev.lockdown.flow.Port;
import dev.lockdown.policy.Target.Lead;
import dev.lockdown.policy.Target.SourceKept;
import dev.lockdown.state.Direction;

/// Both sides of a flow: what its rules say, and the exceptions and open questions that no rule knows.
///
/// A flow needs egress of its source, if that is isolated, and ingress of its destination, if that is. A question is open only where it
/// could change the answer.
final class Sides {
    /// A source after SNAT: some address of the cluster, nobody knows which.
    private static final FlowEnd.Machine SOMEBODY = new FlowEnd.Machine("a rewritten source", EndAddresses.UNKNOWN, "");

    private final Rules rules;

    Sides(Rules rules) {
        this.rules = rules;
    }

    Ruling egress(FlowEnd source, Target target, Family family) {
        if (!(source instanceof FlowEnd.Member subject)) return Settled.NOT_A_POD;
        var front = target.front();
        boolean toItself = subject.is(target.flowEnd());
        if (toItself && front == null) return Settled.OWN_ADDRESS;
        var arriving = leaving(subject, target.flowEnd(), target.port(), family);
        var behind = toItself && arriving == Settled.REFUSED ? OpenQuestion.HAIRPIN : arriving;
        if (front == null || behind == Settled.NOT_ISOLATED) return behind;
        if (front.is(Lead.LATE)) {
            // A NodePort of another node is translated there, after the source's own node has judged.
            var before = leaving(subject, front.address(), front.port(), family);
            return inBothReadings(behind, before, OpenQuestion.BEFORE_OR_AFTER_DNAT);
        }
        if (behind != Settled.REFUSED) return behind;
        // A Service's own address is a pod's to no reading, so only ipBlocks and rules without peers can admit it.
        boolean before = rules.of(subject, Direction.EGRESS, front.address(), front.port(), family) != Settled.REFUSED;
        return before ? OpenQuestion.BEFORE_OR_AFTER_DNAT : behind;
    }

    /// Egress to a destination that has the address of that end.
    private Ruling leaving(FlowEnd.Member subject, FlowEnd destination, Port port, Family family) {
        var ruling = rules.of(subject, Direction.EGRESS, destination, port, family);
        if (ruling != Settled.REFUSED) return ruling;
        return switch (nearness(subject, destination)) {
            case SAME_NODE -> OpenQuestion.EGRESS_TO_OWN_NODE;
            case UNKNOWN -> OpenQuestion.NODE_UNKNOWN;
            case ELSEWHERE -> refused(subject);
        };
    }

    Ruling ingress(FlowEnd source, Target target, Family family) {
        var front = target.front();
        if (front != null && front.is(Lead.DROPPED)) return OpenQuestion.NO_LOCAL_ENDPOINT;
        if (!(target.flowEnd() instanceof FlowEnd.Member subject)) return Settled.NOT_A_POD;
        boolean fromItself = subject.is(source);
        if (fromItself && front == null) return Settled.OWN_ADDRESS;
        var ruling = entering(subject, source, target.port(), family);
        if (ruling == Settled.NOT_ISOLATED || front == null) return ruling;
        if (!fromItself && front.source() instanceof SourceKept.Always) return ruling;
        if (!fromItself && front.source() instanceof SourceKept.OrOf(var nodes)) {
            var read = ruling;
            for (var node : nodes)
                read = inBothReadings(read, entering(subject, node, target.port(), family), OpenQuestion.REWRITTEN_SOURCE);
            return read;
        }
        boolean anyhow = ruling == Settled.ADMITTED
            && rules.of(subject, Direction.INGRESS, SOMEBODY, target.port(), family) == Settled.ADMITTED;
        return anyhow ? ruling : fromItself ? OpenQuestion.HAIRPIN : OpenQuestion.REWRITTEN_SOURCE;
    }

    /// Ingress of a source that arrives with the address of that end.
    private Ruling entering(FlowEnd.Member subject, FlowEnd source, Port port, Family family) {
        var ruling = rules.of(subject, Direction.INGRESS, source, port, family);
        if (ruling == Settled.NOT_ISOLATED) return ruling;
        var nearness = nearness(subject, source);
        if (nearness == Nearness.SAME_NODE && source instanceof FlowEnd.Machine) return Settled.OWN_NODE;
        if (ruling != Settled.REFUSED) return ruling;
        return switch (nearness) {
            case SAME_NODE -> OpenQuestion.HOST_NETWORK_PEER;
            case UNKNOWN -> OpenQuestion.NODE_UNKNOWN;
            case ELSEWHERE -> refused(subject);
        };
    }

    private static Ruling inBothReadings(Ruling one, Ruling other, OpenQuestion question) {
        return one.equals(other) || allows(one) && allows(other) ? one : question;
    }

    private static boolean allows(Ruling ruling) {
        return ruling == Settled.ADMITTED || ruling == Settled.OWN_NODE;
    }

    private static Ruling refused(FlowEnd.Member subject) {
        return subject.pod().hostNetwork() ? OpenQuestion.HOST_NETWORK_SUBJECT : Settled.REFUSED;
    }

    private enum Nearness {
        SAME_NODE, ELSEWHERE, UNKNOWN
    }

    private static Nearness nearness(FlowEnd.Member subject, FlowEnd other) {
        if (!other.onNodeAddress()) return Nearness.ELSEWHERE;
        if (subject.node().isEmpty() || other.node().isEmpty()) return Nearness.UNKNOWN;
        return subject.node().equals(other.node()) ? Nearness.SAME_NODE : Nearness.ELSEWHERE;
    }
}
