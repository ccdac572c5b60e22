package dev.lockdown.journal;

import dev.lockdown.flow.Drop;
import dev.lockdown.flow.Flow;
import dev.lockdown.flow.Observation;
import dev.lockdown.flow.Outcome;
import dev.lockdown.flow.Probe;
import java.io.IOException;

/// The part of [EntryWriter] that writes what was seen.
final class ObservationWriter {
    private ObservationWriter() {}

    static void write(Observation seen, JsonFields to) throws IOException {
        to.object("probe", seen.probe(), ObservationWriter::probe).object("outcome", seen.outcome(), ObservationWriter::outcome)
            .text("at", seen.at()).objects("drops", seen.drops(), ObservationWriter::drop);
    }

    private static void probe(Probe probe, JsonFields to) throws IOException {
        switch (probe) {
            case Probe.Reach(var flow, int fromPort) ->
                to.text("kind", "reach").object("flow", flow, ObservationWriter::flow).number("fromPort", fromPort);
            case Probe.Resolve(var source, var name, var transport, var family) -> to.text("kind", "resolve").text("source", source)
                .text("name", name).text("transport", transport).text("family", family);
            case Probe.Ping(var source, var destination, var family) ->
                to.text("kind", "ping").text("source", source).text("destination", destination).text("family", family);
            case Probe.Unasked(var flow) -> to.text("kind", "unasked").object("flow", flow, ObservationWriter::flow);
        }
    }

    private static void flow(Flow flow, JsonFields to) throws IOException {
        to.text("source", flow.source()).text("destination", flow.destination()).text("port", flow.port()).text("family", flow.family());
    }

    private static void outcome(Outcome outcome, JsonFields to) throws IOException {
        switch (outcome) {
            case Outcome.Connected(var roundTrip, var answeredBy, var sourceSeen) -> to.text("kind", "connected")
                .text("roundTrip", roundTrip).text("answeredBy", answeredBy).text("sourceSeen", sourceSeen);
            case Outcome.Resolved(var roundTrip, var addresses) ->
                to.text("kind", "resolved").text("roundTrip", roundTrip).texts("addresses", addresses);
            case Outcome.Misdirected(var answeredBy) -> to.text("kind", "misdirected").text("answeredBy", answeredBy);
            case Outcome.Refused() -> to.text("kind", "refused");
            case Outcome.Unreachable(var icmp) -> to.text("kind", "unreachable").text("icmp", icmp);
            case Outcome.TimedOut(var after, var lost) -> to.text("kind", "timed-out").text("after", after).text("lost", lost);
            case Outcome.Unresolved(var name, var why) -> to.text("kind", "unresolved").text("name", name).text("why", why);
            case Outcome.ProbeFailed(var cause) -> to.text("kind", "probe-failed").text("cause", cause);
        }
    }

    private static void drop(Drop drop, JsonFields to) throws IOException {
        to.text("node", drop.node()).text("rule", drop.rule());
    }
}
