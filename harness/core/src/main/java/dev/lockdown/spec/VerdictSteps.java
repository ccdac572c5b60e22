package dev.lockdown.spec;

import dev.lockdown.flow.Endpoint;
import dev.lockdown.flow.Flow;
import dev.lockdown.flow.Port;
import dev.lockdown.flow.Probe.Transport;
import dev.lockdown.flow.Probe;
import dev.lockdown.flow.Protocol;
import dev.lockdown.spec.ParameterTypes.PolicyName;
import dev.lockdown.spec.ParameterTypes.PortWords;
import dev.lockdown.spec.words.Can;
import dev.lockdown.spec.words.InputMistakes;
import dev.lockdown.spec.words.Peer;
import dev.lockdown.spec.words.PortWord;
import dev.lockdown.spec.words.StepTable;
import dev.lockdown.state.InputException;
import dev.lockdown.trial.ScenarioTrial;
import dev.lockdown.verdict.Question;
import dev.lockdown.verdict.Scope;
import dev.lockdown.verdict.Wanted;
import io.cucumber.datatable.DataTable;
import io.cucumber.java.en.Then;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/// The Then steps: what real connections must show.
public final class VerdictSteps {
    /// Stands for a peer that is wrong, in a row that is left out.
    private static final Peer NOBODY = new Peer.Pods(null, Map.of());

    private final ScenarioContext context;

    public VerdictSteps(ScenarioContext context) {
        this.context = context;
    }

    @Example(value = "\"shop/web\" can reach \"shop/api\" on TCP/8080", does = """
        Opens real connections. `cannot` needs proof that the way would be open without the policies; `can still` and `can no longer` \
        compare with the baseline, `can again` with an earlier step. A host outside must also be found by its name.""")
    @AsksBaseline(BaselineQuestion.PORTS)
    @Then("{peer} {can} reach {peer} on {ports}")
    public void reach(Peer from, Can can, Peer to, PortWords ports) {
        claim(new Scope.Named(), () -> new CanQuestions(trial()).of(can, resolver().reaches(from, to, ports.words(), 0), line()));
    }

    @Example(value = "\"shop/api\" cannot reach \"shop/web\" on TCP/8080 from port 8080",
        does = "The same, from a source port of one's choice.")
    @Then("{peer} {can} reach {peer} on {ports} from port {int}")
    public void reachFrom(Peer from, Can can, Peer to, PortWords ports, int fromPort) {
        claim(new Scope.Named(),
            () -> new CanQuestions(trial()).of(can, resolver().reaches(from, to, ports.words(), new Port(Protocol.TCP, fromPort).number()),
                line()));
    }

    @Example(value = """
        "shop/web" can no longer
          | resolve | api.shop.svc.cluster.local |          |
          | reach   | the Kubernetes API         | TCP/443  |
          | reach   | "shop/api"                 | TCP/8080 |""",
        does = "Several verdicts of one peer, judged together; rows say resolve, reach or send.")
    @AsksBaseline(BaselineQuestion.ROWS)
    @Then("{peer} {can}")
    public void several(Peer from, Can can, DataTable table) {
        claim(new Scope.Named(), () -> rows(from, can, table));
    }

    private List<Question> rows(Peer from, Can can, DataTable table) {
        var questions = new ArrayList<Question>();
        var mistakes = new InputMistakes();
        for (int r = 0; r < table.height(); r++) {
            int row = r;
            mistakes.attempt(new InputException.Cell(r, -1), () -> questions.addAll(row(from, can, table.row(row), row)));
        }
        mistakes.requireNone();
        return questions;
    }

    private List<Question> row(Peer from, Can can, List<String> row, int index) {
        var cells = row.stream().map(StepTable::text).toList();
        int line = CurrentStep.current().line(index);
        if (cells.size() < 2) throw new InputException("a row needs a verb and what it is about: | reach | \"shop/api\" | TCP/8080 |");
        var ports = cells.size() > 2 ? cells.get(2) : "";
        return switch (cells.getFirst()) {
            case "reach" -> new CanQuestions(trial()).of(can, resolver().reaches(from, Peer.parse(cells.get(1)), ports(ports), 0), line);
            case "resolve" ->
                new CanQuestions(trial()).of(can,
                    resolver().resolves(from, cells.get(1), ports.isEmpty() ? Transport.EITHER : transport(ports)), line);
            case "send" -> new CanQuestions(trial()).of(can,
                resolver().unasked(from, Peer.parse(cells.get(1)), ports.isEmpty() ? List.of(new PortWord.Every()) : ports(ports)), line);
            default ->
                throw InputException.about(cells.getFirst(),
                    "a row starts with \"%s\"; expected reach, resolve or send".formatted(cells.getFirst()));
        };
    }

    private static List<PortWord> ports(String text) {
        if (text.isEmpty()) throw new InputException("the third cell names the ports: | reach | \"shop/api\" | TCP/8080 |");
        return PortWord.parse(text);
    }

    private static Transport transport(String text) {
        return switch (text) {
            case "over UDP", "UDP" -> Transport.UDP;
            case "over TCP", "TCP" -> Transport.TCP;
            default -> throw InputException.about(text, "\"%s\" is not a way to resolve; expected nothing, UDP or TCP".formatted(text));
        };
    }

    @Example(value = "\"shop/web\" can resolve api.shop.svc.cluster.local", does = """
        Asks the cluster's DNS as a pod's resolver does: search domains, UDP first, then TCP if the answer was truncated.""")
    @AsksBaseline(BaselineQuestion.NAME)
    @Then("{peer} {can} resolve {name}")
    public void resolve(Peer from, Can can, String name) {
        claim(new Scope.Named(), () -> new CanQuestions(trial()).of(can, resolver().resolves(from, name, Transport.EITHER), line()));
    }

    @Example(value = "\"shop/web\" can resolve partner.example over TCP", does = "The same over one transport only.")
    @AsksBaseline(BaselineQuestion.NAME)
    @Then("{peer} {can} resolve {name} over {transport}")
    public void resolveOver(Peer from, Can can, String name, Transport transport) {
        claim(new Scope.Named(), () -> new CanQuestions(trial()).of(can, resolver().resolves(from, name, transport), line()));
    }

    @Example(value = "\"shop/api\" cannot send \"shop/web\" an unasked datagram", does = """
        Sends a datagram that answers nothing, from each UDP port that the sender serves to a fresh port of the other.""")
    @Then("{peer} {can} send {peer} an unasked datagram")
    public void send(Peer from, Can can, Peer to) {
        claim(new Scope.Named(),
            () -> new CanQuestions(trial()).of(can, resolver().unasked(from, to, List.of(new PortWord.Every())), line()));
    }

    @Example(value = "\"shop/web\" can read its service account token", does = "Reads the mounted token, for which no packet is needed.")
    @Then("{peer} {can} read its service account token")
    public void readToken(Peer peer, Can can) {
        context.check(_ -> requireToken(peer, can));
    }

    private void requireToken(Peer peer, Can can) {
        for (var end : resolver().endpoints(peer)) {
            if (!(end instanceof Endpoint.Pod pod)) throw new InputException("only pods have a service account token");
            boolean there = trial().readToken(pod) > 0;
            if (there != (can.wanted == Wanted.OPEN))
                throw new AssertionError("%s %s a service account token".formatted(pod, there ? "has" : "has not"));
        }
    }

    @Example(value = """
        on TCP/8080 the truth table is
          |          | shop/web | shop/api |
          | shop/web | -        | open     |
          | shop/api | blocked  | -        |""",
        does = """
            Who reaches whom: rows are sources, columns destinations; cells say open, blocked, mixed \
            (a Service, some of whose backends are blocked) or - for not asked.""")
    @AsksBaseline(BaselineQuestion.PORTS)
    @Then("on {ports} the truth table is")
    public void truthTable(PortWords ports, DataTable table) {
        claim(new Scope.OnPorts(ports.words().stream().map(Object::toString).toList()),
            () -> new TruthTable(resolver()).questions(ports.words(), table));
    }

    @Example(value = "every flow is as the policies say", does = """
        Asks every declared flow (pods, Services, hosts, DNS, the API, each pod's own node) and compares with what the policies demand.""")
    @Then("every flow is as the policies say")
    public void asPoliciesSay() {
        context.claim(() -> trial().claimPolicies(line()));
    }

    @Example(value = """
        exactly these flows broke
          | from     | to       | ports    |
          | shop/web | shop/api | TCP/8080 |""",
        does = "Of all flows that were open in the baseline, these are blocked now and all others are open.")
    @Then("exactly these flows broke")
    public void broke(DataTable table) {
        context.claim(() -> trial().claimBroke(flows(table), line()));
    }

    @Example(value = """
        exactly these flows healed
          | from     | to       | ports    |
          | shop/web | shop/api | TCP/8080 |""",
        does = "Of all flows that were open in the baseline and shut before the last change, these are open now and no other.")
    @AsksBaseline(BaselineQuestion.SHUT_BEFORE)
    @Then("exactly these flows healed")
    public void healed(DataTable table) {
        context.claim(() -> trial().claimOpened(flows(table), true, line()));
    }

    @Example(value = """
        exactly these flows opened
          | from     | to       | ports    |
          | shop/web | shop/api | TCP/8080 |""",
        does = "Of all declared flows that were shut before the last change, these are open now and no other.")
    @AsksBaseline(BaselineQuestion.SHUT_BEFORE)
    @Then("exactly these flows opened")
    public void opened(DataTable table) {
        context.claim(() -> trial().claimOpened(flows(table), false, line()));
    }

    @Example(value = "nothing healed", does = "The last change opened no flow that was open in the baseline.")
    @AsksBaseline(BaselineQuestion.SHUT_BEFORE)
    @Then("nothing healed")
    public void nothingHealed() {
        context.claim(() -> trial().claimOpened(Set.of(), true, line()));
    }

    @Example(value = "nothing broke", does = "Every flow that was open in the baseline is open now.")
    @Then("nothing broke")
    public void nothingBroke() {
        context.claim(() -> trial().claimBroke(Set.of(), line()));
    }

    /// A peer that is there.
    private Peer peer(String text) {
        var peer = Peer.parse(text);
        resolver().endpoints(peer);
        return peer;
    }

    private Set<Probe> flows(DataTable table) {
        var probes = new LinkedHashSet<Probe>();
        StepTable.of(table, List.of("from", "to", "ports"), List.of()).forEach(row -> {
            var from = row.read("from", this::peer, NOBODY);
            var to = row.read("to", this::peer, NOBODY);
            var ports = row.read("ports", PortWord::parse, List.<PortWord>of());
            if (!row.isWrong()) probes.addAll(row.read("ports", _ -> resolver().reaches(from, to, ports, 0), List.of()));
        });
        return probes;
    }

    @Example(value = "\"shop/web\" to \"shop/api\" on TCP/8080 is decided by \"shop/deny-all\"", does = """
        The policy is among those that decide this flow, by the rules of NetworkPolicy.""")
    @Then("{peer} to {peer} on {ports} is decided by {policy}")
    public void decided(Peer from, Peer to, PortWords ports, PolicyName policy) {
        context.check(_ -> new DecidingPolicies(trial()).require(policy, resolver().reaches(from, to, ports.words(), 0)));
    }

    @Example(value = "\"shop/api\" sees \"shop/web\" by its pod address",
        does = "The source address that the server saw is the pod's own, or its node's.")
    @Then("{peer} sees {peer} by its {word} address")
    public void sees(Peer server, Peer client, String whose) {
        context.check(line -> requireSeen(server, client, whose, line));
    }

    private void requireSeen(Peer server, Peer client, String whose, int line) {
        if (!whose.equals("pod") && !whose.equals("node"))
            throw InputException.about(whose, "\"its %s address\": expected pod or node".formatted(whose));
        var to = resolver().one(server, "the server");
        var from = resolver().podEnd(client, "the client");
        var port = resolver().served(to).stream().filter(p -> p.protocol() == Protocol.TCP).findFirst()
            .orElseThrow(() -> new InputException("%s serves no TCP port".formatted(to)));
        var wanted = whose.equals("pod") ? from : new Endpoint.Node(resolver().pod(from.name()).node());
        for (var family : resolver().families(to)) {
            var seen = trial().sourceSeen(Probe.Reach.of(new Flow(from, to, port, family)), line);
            if (trial().addresses().of(wanted).stream().noneMatch(a -> a.getHostAddress().equals(seen)))
                throw new AssertionError(
                    "%s sees %s by %s; the address of %s is %s".formatted(to, from, seen.isEmpty() ? "nothing: it is not reached" : seen,
                        wanted, trial().addresses().of(wanted).stream().map(a -> a.getHostAddress()).toList()));
        }
    }

    private void claim(Scope scope, Supplier<List<Question>> questions) {
        context.claim(() -> trial().claim(scope, questions.get(), line()));
    }

    private Resolver resolver() {
        return new Resolver(trial());
    }

    private ScenarioTrial trial() {
        return context.trial();
    }

    private static int line() {
        return CurrentStep.current().line();
    }
}
