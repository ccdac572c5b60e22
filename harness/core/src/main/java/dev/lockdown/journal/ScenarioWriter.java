package dev.lockdown.journal;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.lockdown.flow.Family;
import dev.lockdown.flow.Observation;
import dev.lockdown.flow.Probe;
import dev.lockdown.policy.Explanation;
import dev.lockdown.policy.ResolvedFlow;
import dev.lockdown.policy.Reading;
import dev.lockdown.policy.Side;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// What is interned of one scenario while it is written: names, probes, sides of flows, and reasons. Values are JSON already.
final class ScenarioWriter {
    private final Interned names = new Interned();
    private final Interned probes = new Interned();
    private final Interned sides = new Interned();
    private final Interned reasons = new Interned();
    private final Interned findings = new Interned();
    private final Map<String, Integer> usual = new HashMap<>();
    private List<Integer> asked = List.of();
    private List<Observation> round = List.of();

    int name(Object name) {
        return names.number(quoted(name.toString()));
    }

    int probe(Probe probe) {
        return probes.number(switch (probe) {
            // By far the most, so it has no name of its own.
            case Probe.Reach(var flow, int fromPort) when flow.family() == Family.IPV4 && fromPort == 0 ->
                "[%s,%s,%s]".formatted(name(flow.source()), name(flow.destination()), name(flow.port()));
            case Probe.Reach(var flow, int fromPort) -> "[\"reach\",%s,%s,%s,\"%s\",%s]".formatted(name(flow.source()),
                name(flow.destination()), name(flow.port()), flow.family(), Integer.toString(fromPort));
            case Probe.Unasked(var flow) -> "[\"unasked\",%s,%s,%s,\"%s\"]".formatted(name(flow.source()), name(flow.destination()),
                name(flow.port()), flow.family());
            case Probe.Ping(var source, var destination, var family) ->
                "[\"ping\",%s,%s,\"%s\"]".formatted(name(source), name(destination), family);
            case Probe.Resolve(var source, var name, var transport, var family) ->
                "[\"resolve\",%s,%s,\"%s\",\"%s\"]".formatted(name(source), name(name), transport, family);
        });
    }

    /// @param flow what the reasons are taken to be about where they do not say so
    int reasons(Explanation explanation, Probe probe) {
        var flow = explanation.flow();
        var legs = explanation.resolvedFlows().stream().map(l -> leg(l, explanation)).collect(Collectors.joining(",", "[", "]"));
        if (flow.equals(ReasonedFlow.of(probe))) return reasons.number(legs);
        return reasons.number("{\"flow\":[%s,%s,%s,\"%s\"],\"legs\":%s}".formatted(name(flow.source()), name(flow.destination()),
            name(flow.port()), flow.family(), legs));
    }

    private String leg(ResolvedFlow leg, Explanation explanation) {
        var direct = leg.destination().equals(explanation.flow().destination().toString()) && leg.port().equals(explanation.flow().port());
        return "[%s,%s%s]".formatted(side(leg.egress()), side(leg.ingress()),
            direct ? "" : "," + name(leg.destination()) + "," + name(leg.port()));
    }

    private int side(Side side) {
        var isolating = side.isolating().stream().map(p -> Integer.toString(name(p))).collect(Collectors.joining(",", "[", "]"));
        var readings = side.readings().stream().map(this::reading).collect(Collectors.joining(",", "[", "]"));
        return sides
            .number("[\"%s\",%s,\"%s\",%s,%s]".formatted(side.direction(), name(side.subject()), side.ruling(), isolating, readings));
    }

    private String reading(Reading reading) {
        var at = "%s,%s,%s".formatted(name(reading.policy()), reading.path().rule(), reading.path().peer());
        return switch (reading) {
            case Reading.Admits _ -> "[\"admits\",%s]".formatted(at);
            case Reading.Unsettled u -> "[\"unsettled\",%s,\"%s\"]".formatted(at, u.question());
            case Reading.Misses m -> "[\"misses\",%s,%s,%s]".formatted(at, m.distance(), name(m.why()));
        };
    }

    /// @param json an array: what is wanted, what was found, and the grade of its control
    int finding(String json) {
        return findings.number(json);
    }

    /// Say whether the same was asked as the last time.
    boolean again(List<Integer> probes) {
        boolean same = asked.equals(probes);
        asked = probes;
        return same;
    }

    /// Remember a verdict's round, for its cells point into it.
    void round(List<Observation> observations) {
        round = observations;
    }

    /// Whether a server saw a source's dial by the address that was said the first time.
    boolean isUsualAddress(Probe probe, int address) {
        var first = usual.putIfAbsent(probe.source() + " " + probe.family(), address);
        return first != null && first == address;
    }

    /// Where in the last round a cell's observations begin, or -1 if it has none.
    ///
    /// @param from where to look first
    int place(List<Observation> observations, int from) {
        if (observations.isEmpty()) return -1;
        for (int i = 0; i < round.size(); i++) {
            int at = (Math.max(0, from) + i) % round.size();
            if (round.get(at) == observations.getFirst()) return at;
        }
        throw new IllegalArgumentException("a cell's observations are not of the last round: " + observations.getFirst().probe());
    }

    /// Write what is new since the last line, for this one to be read with.
    void writeFresh(JsonFields to) throws IOException {
        to.raw("names", names.takeFresh()).raw("probes", probes.takeFresh()).raw("sides", sides.takeFresh())
            .raw("reasons", reasons.takeFresh()).raw("findings", findings.takeFresh());
    }

    private static String quoted(String text) {
        return "\"" + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + "\"";
    }
}
