package dev.lockdown.journal;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockdown.flow.Drop;
import dev.lockdown.flow.Observation;
import dev.lockdown.flow.Outcome;
import dev.lockdown.flow.Probe;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/// Reads what [SeenWriter] wrote.
final class SeenReader {
    private final ScenarioReader scenario;

    SeenReader(ScenarioReader scenario) {
        this.scenario = scenario;
    }

    /// @param at the line's own time
    List<Observation> read(List<Probe> asked, JsonNode seen, Instant at) {
        if (asked.size() != seen.size())
            throw new IllegalArgumentException("it asks %s times and sees %s".formatted(asked.size(), seen.size()));
        var observations = new ArrayList<Observation>(asked.size());
        var before = at;
        for (int i = 0; i < asked.size(); i++) {
            var one = seen.path(i);
            before = before.plus(one.path(0).longValue(), ChronoUnit.MICROS);
            observations.add(new Observation(asked.get(i), outcome(one, 1, asked.get(i)), before, drops(one)));
        }
        return observations;
    }

    private List<Drop> drops(JsonNode one) {
        var last = one.path(one.size() - 1);
        if (!last.isArray() || !last.path(0).isNumber()) return List.of();
        var drops = new ArrayList<Drop>(1);
        for (var element : one)
            if (element.isArray() && element.path(0).isNumber())
                drops.add(new Drop(scenario.name(element.path(0)), scenario.name(element.path(1))));
        return drops;
    }

    /// @param from where in the array the outcome begins
    Outcome outcome(JsonNode one, int from, Probe probe) {
        var kind = one.path(from);
        if (kind.isNumber()) {
            var address = one.path(from + 1);
            var by = one.path(from + 2);
            return new Outcome.Connected(micros(kind), by.isNumber() ? scenario.name(by) : scenario.answerer(probe),
                scenario.usualAddress(probe, address.isNumber() ? scenario.name(address) : null));
        }
        return switch (Json.text(kind, "an outcome's kind")) {
            case "resolved" ->
                new Outcome.Resolved(micros(one.path(from + 1)), Json.list(one.path(from + 2), a -> Json.text(a, "an address")));
            case "misdirected" -> new Outcome.Misdirected(scenario.name(one.path(from + 1)));
            case "refused" -> new Outcome.Refused();
            case "unreachable" -> new Outcome.Unreachable(Outcome.Icmp.valueOf(one.path(from + 1).asText()));
            case "timed-out" -> new Outcome.TimedOut(micros(one.path(from + 1)), Outcome.Lost.valueOf(one.path(from + 2).asText()));
            case "unresolved" -> new Outcome.Unresolved(scenario.name(one.path(from + 1)), scenario.name(one.path(from + 2)));
            case "failed" -> new Outcome.ProbeFailed(scenario.name(one.path(from + 1)));
            default -> throw new IllegalArgumentException("there is no outcome of kind %s".formatted(kind));
        };
    }

    private static Duration micros(JsonNode number) {
        if (!number.isIntegralNumber()) throw new IllegalArgumentException("a duration is no whole number");
        long micros = number.longValue();
        return Duration.ofSeconds(micros / 1_000_000, micros % 1_000_000 * 1000);
    }
}
