package dev.lockdown.spec;

import dev.lockdown.chaos.TimeClaim;
import dev.lockdown.flow.WatchedFlow;
import dev.lockdown.spec.ParameterTypes.PortWords;
import dev.lockdown.spec.words.Timing;
import dev.lockdown.spec.words.Peer;
import dev.lockdown.spec.words.PortWord;
import dev.lockdown.spec.words.StepTable;
import dev.lockdown.state.InputException;
import io.cucumber.datatable.DataTable;
import io.cucumber.java.en.Given;
import io.cucumber.java.en.Then;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Steps about when flows open and shut, seen by samples that are taken all the while.
public final class TimeSteps {
    private static final Peer NOBODY = new Peer.Pods(null, Map.of());

    private static final int LONGEST_NAME = 253;

    private final ScenarioContext context;

    public TimeSteps(ScenarioContext context) {
        this.context = context;
    }

    @Example(value = """
        these flows are watched
          | from     | to       | ports               | resolves                   |
          | shop/web | shop/api | TCP/8080, HTTP/8080 |                            |
          | shop/web |          |                     | api.shop.svc.cluster.local |""", does = """
        Samples each flow all the while until the scenario ends, every millisecond on the embedded cluster and every 5 elsewhere: over \
        TCP by half-open dials, over UDP by datagrams that are answered. `HTTP/8080` among the ports asks for a page, on a connection of its \
        own each time; a name in a column `resolves` asks the cluster's DNS, over UDP and as it stands.""")
    @Given("these flows are watched")
    public void watched(DataTable table) {
        watch(table, null);
    }

    @Example(value = """
        these flows are watched every 5 ms
          | from     | to       | ports    |
          | shop/web | shop/api | TCP/8080 |""", does = "The same at a rate of one's choice.")
    @Given("these flows are watched every {duration}")
    public void watchedEvery(Duration interval, DataTable table) {
        watch(table, interval);
    }

    private void watch(DataTable table, @Nullable Duration interval) {
        var flows = new LinkedHashSet<WatchedFlow>();
        StepTable.of(table, List.of("from", "to"), List.of("ports", "port", "resolves")).forEach(row -> {
            var from = row.read("from", Peer::parse, NOBODY);
            if (!row.text("resolves").isEmpty()) {
                row.read("to", TimeSteps::nobody, "");
                var name = row.read("resolves", TimeSteps::name, "");
                if (!row.isWrong())
                    flows.addAll(row.readTogether(List.of("from", "resolves"), () -> watched().resolving(from, name), List.of()));
                return;
            }
            var to = row.read("to", Peer::parse, NOBODY);
            var column = row.text("ports").isEmpty() ? "port" : "ports";
            var ports = row.read(column, PortWord::parse, List.<PortWord>of());
            if (!row.isWrong())
                flows.addAll(row.readTogether(List.of("from", "to", column), () -> watched().of(from, to, ports), List.of()));
        });
        context.trial().watch(List.copyOf(flows), interval, line());
    }

    private static String nobody(String text) {
        if (!text.isEmpty()) throw InputException.about(text, "a row with a name to resolve asks the cluster's DNS; leave \"to\" empty");
        return text;
    }

    private static String name(String text) {
        // RFC 1035, section 2.3.4, with the underscores that some names have.
        if (text.matches("[A-Za-z0-9_-]{1,63}(\\.[A-Za-z0-9_-]{1,63})*\\.?") && text.length() <= LONGEST_NAME) return text;
        throw InputException.about(text, "\"%s\" is not a DNS name; expected one such as api.shop.svc.cluster.local".formatted(text));
    }

    private WatchedFlows watched() {
        return new WatchedFlows(context);
    }

    @Example(value = "\"shop/web\" resolving api.shop.svc.cluster.local was never shut", does = """
        The same of a watched name: open where an address came, shut where nothing did or somebody refused. An answer without an address \
        proves neither.""")
    @Then("{peer} resolving {name} {timing}")
    public void resolving(Peer from, String name, Timing timing) {
        context.check(line -> watched().resolving(from, name(name)).forEach(flow -> context.trial().measure(flow, timing.claim(), line)));
    }

    @Example(value = "\"shop/web\" to \"shop/api\" on TCP/8080 is cut off within 100 ms",
        does = "After the last change was sent, a watched flow that was open is shut so soon.")
    @Then("{peer} to {peer} on {ports} is cut off within {duration}")
    public void cutOff(Peer from, Peer to, PortWords ports, Duration within) {
        measure(from, to, ports, new TimeClaim.CutOff(within));
    }

    @Example(value = "\"shop/web\" to \"shop/api\" on TCP/8080 is back within 100 ms",
        does = "After the last change was sent, a watched flow that was shut is open so soon.")
    @Then("{peer} to {peer} on {ports} is back within {duration}")
    public void back(Peer from, Peer to, PortWords ports, Duration within) {
        measure(from, to, ports, new TimeClaim.Back(within));
    }

    @Example(value = "\"shop/web\" to \"shop/api\" on TCP/8080 was never open", does = "Of all samples of a watched flow none got through.")
    @Then("{peer} to {peer} on {ports} was never open")
    public void neverOpen(Peer from, Peer to, PortWords ports) {
        measure(from, to, ports, new TimeClaim.NeverOpen(Duration.ZERO));
    }

    @Example(value = "\"shop/web\" to \"shop/api\" on TCP/8080 was never open for longer than 50 ms",
        does = "The same, where a short while is allowed.")
    @Then("{peer} to {peer} on {ports} was never open for longer than {duration}")
    public void neverOpenFor(Peer from, Peer to, PortWords ports, Duration longer) {
        measure(from, to, ports, new TimeClaim.NeverOpen(longer));
    }

    @Example(value = "\"shop/web\" to \"shop/api\" on TCP/8080 was never shut", does = "All samples of a watched flow got through.")
    @Then("{peer} to {peer} on {ports} was never shut")
    public void neverShut(Peer from, Peer to, PortWords ports) {
        measure(from, to, ports, new TimeClaim.NeverShut(Duration.ZERO));
    }

    @Example(value = "\"shop/web\" to \"shop/api\" on TCP/8080 was never shut for longer than 50 ms",
        does = "The same, where a short while is allowed.")
    @Then("{peer} to {peer} on {ports} was never shut for longer than {duration}")
    public void neverShutFor(Peer from, Peer to, PortWords ports, Duration longer) {
        measure(from, to, ports, new TimeClaim.NeverShut(longer));
    }

    @Example(value = "\"shop/web\" to \"shop/api\" on TCP/8080 is cut off within 1 s, 4 of 5 times",
        does = "The same of the last turns: so many of them were in time.")
    @Then("{peer} to {peer} on {ports} is cut off within {duration}, {int} of {int} times")
    public void cutOffTimes(Peer from, Peer to, PortWords ports, Duration within, int needed, int of) {
        measure(from, to, ports, new TimeClaim.CutOff(within, Timing.times(needed, of)));
    }

    @Example(value = "\"shop/web\" to \"shop/api\" on TCP/8080 is back within 1 s, 4 of 5 times",
        does = "The same of the last turns: so many of them were in time.")
    @Then("{peer} to {peer} on {ports} is back within {duration}, {int} of {int} times")
    public void backTimes(Peer from, Peer to, PortWords ports, Duration within, int needed, int of) {
        measure(from, to, ports, new TimeClaim.Back(within, Timing.times(needed, of)));
    }

    @Example(value = "\"shop/web\" to \"shop/api\" on TCP/8080 was never open outside the disruptions", does = """
        The same, where what was seen from the beginning of a disruption until it was healed and enforcement had been seen to work again \
        does not count.""")
    @Then("{peer} to {peer} on {ports} was never open outside the disruptions")
    public void neverOpenOutside(Peer from, Peer to, PortWords ports) {
        measure(from, to, ports, new TimeClaim.NeverOpen(Duration.ZERO, true));
    }

    @Example(value = "\"shop/web\" to \"shop/api\" on TCP/8080 was never open for longer than 50 ms outside the disruptions",
        does = "The same, where a short while is allowed.")
    @Then("{peer} to {peer} on {ports} was never open for longer than {duration} outside the disruptions")
    public void neverOpenForOutside(Peer from, Peer to, PortWords ports, Duration longer) {
        measure(from, to, ports, new TimeClaim.NeverOpen(longer, true));
    }

    @Example(value = "\"shop/web\" to \"shop/api\" on TCP/8080 was never shut outside the disruptions", does = """
        The same, where what was seen from the beginning of a disruption until it was healed and enforcement had been seen to work again \
        does not count.""")
    @Then("{peer} to {peer} on {ports} was never shut outside the disruptions")
    public void neverShutOutside(Peer from, Peer to, PortWords ports) {
        measure(from, to, ports, new TimeClaim.NeverShut(Duration.ZERO, true));
    }

    @Example(value = "\"shop/web\" to \"shop/api\" on TCP/8080 was never shut for longer than 50 ms outside the disruptions",
        does = "The same, where a short while is allowed.")
    @Then("{peer} to {peer} on {ports} was never shut for longer than {duration} outside the disruptions")
    public void neverShutForOutside(Peer from, Peer to, PortWords ports, Duration longer) {
        measure(from, to, ports, new TimeClaim.NeverShut(longer, true));
    }

    private void measure(Peer from, Peer to, PortWords ports, TimeClaim claim) {
        context.check(line -> watched().of(from, to, ports.words()).forEach(flow -> context.trial().measure(flow, claim, line)));
    }

    private static int line() {
        return CurrentStep.current().line();
    }
}
