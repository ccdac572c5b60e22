package dev.lockdown.spec;

import dev.lockdown.chaos.FateClaim;
import dev.lockdown.cluster.Hold;
import dev.lockdown.flow.Flow;
import dev.lockdown.flow.Probe;
import dev.lockdown.flow.Protocol;
import dev.lockdown.spec.ParameterTypes.PortWords;
import dev.lockdown.spec.words.Peer;
import dev.lockdown.spec.words.PortWord;
import dev.lockdown.state.InputException;
import dev.lockdown.verdict.Figures;
import io.cucumber.java.en.Given;
import io.cucumber.java.en.Then;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Steps about connections that are held open, and what becomes of them when policies change.
public final class HeldSteps {
    private final ScenarioContext context;
    /// The words stand for what they stood for when it was opened, though its pods may be gone.
    private final Map<Words, List<Flow>> held = new HashMap<>();

    private record Words(Peer from, Peer to, List<PortWord> ports) {}

    public HeldSteps(ScenarioContext context) {
        this.context = context;
    }

    @Example(value = "\"shop/web\" to \"shop/api\" on TCP/8080 is held open", does = """
        Opens one connection and keeps it until the scenario ends, with numbered beats both ways, every millisecond on the embedded \
        cluster and every 5 elsewhere. Over UDP both ends send of their own accord.""")
    @Given("{peer} to {peer} on {ports} is held open")
    public void held(Peer from, Peer to, PortWords ports) {
        hold(from, to, ports, null);
    }

    @Example(value = "\"shop/web\" to \"shop/api\" on TCP/8080 is held open every 5 ms",
        does = "The same with beats at a rate of one's choice, a second between two of them at most.")
    @Given("{peer} to {peer} on {ports} is held open every {duration}")
    public void heldEvery(Peer from, Peer to, PortWords ports, Duration interval) {
        if (interval.compareTo(Hold.LONGEST) > 0)
            throw new InputException("a beat every %s is too seldom: the network would forget the connection; every %s at most"
                .formatted(Figures.duration(interval), Figures.duration(Hold.LONGEST)));
        hold(from, to, ports, interval);
    }

    @Example(value = "\"shop/web\" to \"shop/api\" on TCP/8080 is held open back to back",
        does = """
            The same with beats one after another, without a pause, so that the shortest gap is seen; on a real cluster as many as its \
            agents can send beside their other work, 2,000 a second at most.""")
    @Given("{peer} to {peer} on {ports} is held open back to back")
    public void heldBackToBack(Peer from, Peer to, PortWords ports) {
        hold(from, to, ports, Duration.ZERO);
    }

    private void hold(Peer from, Peer to, PortWords ports, @Nullable Duration interval) {
        int line = CurrentStep.current().line();
        var flows = flows(from, to, ports);
        held.put(new Words(from, to, ports.words()), flows);
        flows.forEach(flow -> context.trial().connections().hold(flow, interval, line));
    }

    private List<Flow> flows(Peer from, Peer to, PortWords ports) {
        var flows = new ArrayList<Flow>();
        for (var probe : new Resolver(context.trial()).reaches(from, to, ports.words(), 0)) {
            if (!(probe instanceof Probe.Reach(var flow, _)) || flow.port().protocol() == Protocol.SCTP)
                throw new InputException("%s cannot be held open: connections are over TCP or UDP".formatted(probe));
            flows.add(flow);
        }
        return flows;
    }

    @Example(value = "the connection \"shop/web\" to \"shop/api\" on TCP/8080 survives",
        does = "After the last change the beats of a held connection go on both ways.")
    @Then("the connection {peer} to {peer} on {ports} survives")
    public void survives(Peer from, Peer to, PortWords ports) {
        fate(from, to, ports, FateClaim.SURVIVES);
    }

    @Example(value = "the connection \"shop/web\" to \"shop/api\" on TCP/8080 is reset",
        does = "The last change ends a held connection, and one of its ends is told.")
    @Then("the connection {peer} to {peer} on {ports} is reset")
    public void reset(Peer from, Peer to, PortWords ports) {
        fate(from, to, ports, FateClaim.IS_RESET);
    }

    @Example(value = "the connection \"shop/web\" to \"shop/api\" on TCP/8080 goes silent",
        does = "After the last change no beat of a held connection arrives any longer, either way, and nobody says so.")
    @Then("the connection {peer} to {peer} on {ports} goes silent")
    public void silent(Peer from, Peer to, PortWords ports) {
        fate(from, to, ports, FateClaim.GOES_SILENT);
    }

    @Example(value = "the connection \"shop/web\" to \"shop/api\" on UDP/53 carries replies only",
        does = "After the last change only what the server sends arrives.")
    @Then("the connection {peer} to {peer} on {ports} carries replies only")
    public void repliesOnly(Peer from, Peer to, PortWords ports) {
        fate(from, to, ports, FateClaim.REPLIES_ONLY);
    }

    @Example(value = "the connection \"shop/web\" to \"shop/api\" on TCP/8080 loses no beat",
        does = "Since it was opened every beat of a held connection has arrived, both ways.")
    @Then("the connection {peer} to {peer} on {ports} loses no beat")
    public void losesNothing(Peer from, Peer to, PortWords ports) {
        fate(from, to, ports, FateClaim.LOSES_NOTHING);
    }

    private void fate(Peer from, Peer to, PortWords ports, FateClaim claim) {
        context.check(line -> {
            var before = held.get(new Words(from, to, ports.words()));
            var flows = before == null ? flows(from, to, ports) : before;
            flows.forEach(flow -> context.trial().connections().fate(flow, claim, line));
        });
    }
}
