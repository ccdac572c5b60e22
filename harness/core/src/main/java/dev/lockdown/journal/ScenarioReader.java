package dev.lockdown.journal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import dev.lockdown.flow.Endpoint;
import dev.lockdown.flow.Family;
import dev.lockdown.flow.Flow;
import dev.lockdown.flow.NamespacedName;
import dev.lockdown.flow.Observation;
import dev.lockdown.flow.Port;
import dev.lockdown.flow.Probe;
import dev.lockdown.policy.Explanation;
import dev.lockdown.policy.ResolvedFlow;
import dev.lockdown.policy.OpenQuestion;
import dev.lockdown.policy.Reading;
import dev.lockdown.policy.RulePath;
import dev.lockdown.policy.Ruling;
import dev.lockdown.policy.Settled;
import dev.lockdown.policy.Side;
import dev.lockdown.state.Direction;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What is interned of one scenario while it is read, the mirror of [ScenarioWriter]. A number that stands for nothing is an
/// [IllegalArgumentException].
final class ScenarioReader {
    private final List<String> names = new ArrayList<>();
    private final List<Probe> probes = new ArrayList<>();
    private final List<Side> sides = new ArrayList<>();
    private final List<JsonNode> reasons = new ArrayList<>();
    private final List<JsonNode> findings = new ArrayList<>();
    // By the numbers of their names.
    private final Parsed<Endpoint> endpoints = new Parsed<>(Endpoint::parse);
    private final Parsed<Port> ports = new Parsed<>(Port::parse);
    private final Map<Endpoint, String> destinations = new IdentityHashMap<>();
    private final Map<Reasoned, Explanation> explained = new HashMap<>();
    private final Map<Integer, Explanation> worded = new HashMap<>();
    private final Map<Family, Map<Endpoint, String>> usual = new EnumMap<>(Family.class);
    private final Map<Endpoint, String> answerers = new HashMap<>();
    private List<Probe> asked = List.of();
    private List<Observation> round = List.of();

    /// Take what a line brings anew.
    void readFresh(JsonNode line) {
        line.path("names").forEach(n -> names.add(Json.text(n, "a name")));
        line.path("probes").forEach(p -> probes.add(newProbe(p)));
        line.path("sides").forEach(s -> sides.add(newSide(s)));
        line.path("reasons").forEach(reasons::add);
        line.path("findings").forEach(findings::add);
    }

    String name(JsonNode number) {
        return at(names, number, "name");
    }

    Probe probe(JsonNode number) {
        return at(probes, number, "probe");
    }

    private static <T> T at(List<T> table, JsonNode number, String what) {
        int index = Json.number(number, "the number of a " + what);
        if (index < 0 || index >= table.size())
            throw new IllegalArgumentException("%s %s is not among those of the lines before".formatted(what, Integer.toString(index)));
        return table.get(index);
    }

    /// What names say, each parsed once.
    private final class Parsed<T> {
        private final Function<String, T> parse;
        private final List<@Nullable T> known = new ArrayList<>();

        Parsed(Function<String, T> parse) {
            this.parse = parse;
        }

        T get(JsonNode number) {
            var name = name(number);
            int index = number.intValue();
            while (known.size() <= index) known.add(null);
            var before = known.get(index);
            if (before != null) return before;
            var parsed = parse.apply(name);
            known.set(index, parsed);
            return parsed;
        }
    }

    private Endpoint endpoint(JsonNode number) {
        return endpoints.get(number);
    }

    private Port port(JsonNode number) {
        return ports.get(number);
    }

    private Probe newProbe(JsonNode p) {
        if (p.path(0).isNumber())
            return Probe.Reach.of(
                new Flow(endpoint(p.path(0)), endpoint(p.path(1)), port(p.path(2)), Family.IPV4));
        return switch (Json.text(p.path(0), "a probe's kind")) {
            case "reach" -> new Probe.Reach(flow(p, 1), p.path(5).asInt(0));
            case "unasked" -> new Probe.Unasked(flow(p, 1));
            case "ping" -> new Probe.Ping(endpoint(p.path(1)), endpoint(p.path(2)), family(p.path(3)));
            case "resolve" ->
                new Probe.Resolve(endpoint(p.path(1)), name(p.path(2)), Probe.Transport.valueOf(p.path(3).asText()), family(p.path(4)));
            default -> throw new IllegalArgumentException("there is no probe of kind %s".formatted(p.path(0)));
        };
    }

    private Flow flow(JsonNode array, int from) {
        return new Flow(endpoint(array.path(from)), endpoint(array.path(from + 1)), port(array.path(from + 2)),
            family(array.path(from + 3)));
    }

    static Family family(JsonNode value) {
        return Texts.of(Family.class, Json.text(value, "a family"));
    }

    private Side newSide(JsonNode s) {
        var direction = Texts.of(Direction.class, Json.text(s.path(0), "a direction"));
        return new Side(direction, name(s.path(1)), ruling(Json.text(s.path(2), "a ruling")),
            Json.list(s.path(3), n -> NamespacedName.parse(name(n))), Json.list(s.path(4), r -> reading(r, direction)), List.of());
    }

    private static Ruling ruling(String name) {
        for (var settled : Settled.values()) if (settled.name().equals(name)) return settled;
        return OpenQuestion.valueOf(name);
    }

    private Reading reading(JsonNode r, Direction direction) {
        var policy = NamespacedName.parse(name(r.path(1)));
        var path = new RulePath(direction, Json.number(r.path(2), "a rule"), Json.number(r.path(3), "a peer"));
        return switch (Json.text(r.path(0), "a reading")) {
            case "admits" -> new Reading.Admits(policy, path);
            case "unsettled" -> new Reading.Unsettled(policy, path, OpenQuestion.valueOf(r.path(4).asText()));
            case "misses" -> {
                var why = name(r.path(5));
                yield new Reading.Misses(policy, path, () -> why, Json.number(r.path(4), "a distance"));
            }
            default -> throw new IllegalArgumentException("there is no reading of kind %s".formatted(r.path(0)));
        };
    }

    JsonNode finding(JsonNode number) {
        return at(findings, number, "finding");
    }

    /// The steps of a scenario ask the same again and again: reasons are put together once for each probe, and so are their sentences.
    ///
    /// @param asked the number of the probe
    Explanation reasons(JsonNode number, JsonNode asked, Probe probe) {
        return explained.computeIfAbsent(new Reasoned(number.intValue(), asked.intValue()), _ -> newReasons(number, probe));
    }

    private record Reasoned(int reasons, int probe) {}

    private Explanation newReasons(JsonNode number, Probe probe) {
        var written = at(reasons, number, "reason");
        var flow = written.has("flow") ? flow(written.path("flow"), 0) : ReasonedFlow.of(probe);
        var legs = Json.list(written.has("legs") ? written.path("legs") : written, l -> leg(l, flow));
        if (legs.size() > 1 || written.has("legs")) return Explanation.of(flow, legs);
        return direct(number.intValue(), flow, legs);
    }

    /// What is said of a flow that arrives where it is sent has no word of its port, so that the sentences are those of its neighbour.
    private Explanation direct(int number, Flow flow, List<ResolvedFlow> leg) {
        var neighbour = worded.get(number);
        if (neighbour != null && neighbour.flow().destination().equals(flow.destination()))
            return new Explanation(flow, neighbour.expectation(), leg);
        var own = Explanation.of(flow, leg);
        worded.put(number, own);
        return own;
    }

    private ResolvedFlow leg(JsonNode l, Flow flow) {
        boolean direct = l.size() == 2;
        return new ResolvedFlow(
            direct ? destinations.computeIfAbsent(flow.destination(), Endpoint::toString) : name(l.path(2)),
            direct ? flow.port() : port(l.path(3)),
            at(sides, l.path(0), "side"), at(sides, l.path(1), "side"));
    }

    /// Give the probes of a line, which may be those of the line before.
    List<Probe> asked(JsonNode line) {
        if (line.path("again").asBoolean(false)) return asked;
        asked = new ArrayList<>();
        for (var run : line.path("asked")) {
            if (!run.isArray()) asked.add(probe(run));
            else
                for (int i = 0; i < Json.number(run.path(1), "a number of probes"); i++)
                    asked.add(probe(IntNode.valueOf(Json.number(run.path(0), "a probe") + i)));
        }
        return asked;
    }

    /// The address by which servers see the dials of a source, remembered from the first that was said.
    ///
    /// @param said this time, or null
    String usualAddress(Probe probe, @Nullable String said) {
        var ofFamily = usual.computeIfAbsent(probe.family(), _ -> new HashMap<>());
        if (said != null) {
            ofFamily.putIfAbsent(probe.source(), said);
            return said;
        }
        var address = ofFamily.get(probe.source());
        if (address == null)
            throw new IllegalArgumentException("no address of %s %s was said before".formatted(probe.source(), probe.family()));
        return address;
    }

    /// Who is to answer a probe, as it says so: one text for all that reach the same destination.
    String answerer(Probe probe) {
        return probe instanceof Probe.Reach(var flow, _) ? answerers.computeIfAbsent(flow.destination(), _ -> SeenWriter.destination(probe))
            : SeenWriter.destination(probe);
    }

    void round(List<Observation> observations) {
        round = observations;
    }

    /// Give a part of the last verdict's round.
    List<Observation> round(int first, int count) {
        if (first < 0) return List.of();
        if (first + count > round.size())
            throw new IllegalArgumentException("the last round has %s observations and no more".formatted(Integer.toString(round.size())));
        return round.subList(first, first + count);
    }
}
