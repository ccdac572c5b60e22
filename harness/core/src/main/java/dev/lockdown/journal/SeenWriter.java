package dev.lockdown.journal;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.lockdown.flow.Endpoint;
import dev.lockdown.flow.Observation;
import dev.lockdown.flow.Outcome;
import dev.lockdown.flow.Probe;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/// Writes what was seen, one small array for each observation. [SeenReader] is its mirror.
///
/// It begins with the time in microseconds since the observation before (of the first, since the line's own). What was answered goes on
/// with the round trip in microseconds, the source address as the server saw it unless it is the one that was first seen of this source,
/// and who answered unless it was the destination; all else goes on with its kind. Reports of the data plane, node and rule, stand at the end.
final class SeenWriter {
    private final ScenarioWriter scenario;
    private final JsonGenerator json;

    SeenWriter(ScenarioWriter scenario, JsonGenerator json) {
        this.scenario = scenario;
        this.json = json;
    }

    void write(List<Observation> observations, Instant at) throws IOException {
        var before = at;
        for (var observation : observations) {
            json.writeStartArray();
            json.writeNumber(JsonFields.micros(Duration.between(before, observation.at())));
            // What was cut off must not add up.
            before = before.plus(Duration.between(before, observation.at()).truncatedTo(ChronoUnit.MICROS));
            outcome(observation.outcome(), observation.probe());
            for (var drop : observation.drops()) {
                json.writeStartArray();
                json.writeNumber(scenario.name(drop.node()));
                json.writeNumber(scenario.name(drop.rule()));
                json.writeEndArray();
            }
            json.writeEndArray();
        }
    }

    /// Write an outcome's elements into the array that is open.
    ///
    /// @param probe who answers is left out where it is this probe's destination
    void outcome(Outcome outcome, Probe probe) throws IOException {
        switch (outcome) {
            case Outcome.Connected(var roundTrip, var by, var source) -> {
                json.writeNumber(JsonFields.micros(roundTrip));
                int address = scenario.name(source);
                boolean usual = scenario.isUsualAddress(probe, address);
                boolean destination = by.equals(destination(probe));
                if (!usual || !destination) json.writeNumber(address);
                if (!destination) json.writeNumber(scenario.name(by));
            }
            case Outcome.Resolved(var roundTrip, var addresses) -> {
                json.writeString("resolved");
                json.writeNumber(JsonFields.micros(roundTrip));
                json.writeStartArray();
                for (var address : addresses) json.writeString(address);
                json.writeEndArray();
            }
            case Outcome.Misdirected(var by) -> kind("misdirected", by);
            case Outcome.Refused() -> json.writeString("refused");
            case Outcome.Unreachable(var icmp) -> {
                json.writeString("unreachable");
                json.writeString(icmp.toString());
            }
            case Outcome.TimedOut(var after, var lost) -> {
                json.writeString("timed-out");
                json.writeNumber(JsonFields.micros(after));
                json.writeString(lost.toString());
            }
            case Outcome.Unresolved(var name, var why) -> {
                kind("unresolved", name);
                json.writeNumber(scenario.name(why));
            }
            case Outcome.ProbeFailed(var cause) -> kind("failed", cause);
        }
    }

    private void kind(String kind, String text) throws IOException {
        json.writeString(kind);
        json.writeNumber(scenario.name(text));
    }

    /// Who is to answer a probe, as it says so.
    static String destination(Probe probe) {
        return switch (probe) {
            case Probe.Reach(var flow, _) -> text(flow.destination());
            case Probe.Unasked(var flow) -> text(flow.destination());
            case Probe.Ping(_, var destination, _) -> text(destination);
            case Probe.Resolve _ -> "";
        };
    }

    private static String text(Endpoint destination) {
        return switch (destination) {
            case Endpoint.Pod(var name) -> name.toString();
            case Endpoint.Service(var name) -> name.toString();
            case Endpoint.LoadBalancer(var service) -> service.toString();
            case Endpoint.Node(var name) -> name;
            case Endpoint.Host(var name) -> name;
            case Endpoint.KubernetesApi api -> api.toString();
        };
    }
}
