package dev.lockdown.verdict;

import static dev.lockdown.verdict.Figures.duration;

import dev.lockdown.flow.Family;
import dev.lockdown.flow.Observation;
import dev.lockdown.flow.Outcome;
import dev.lockdown.flow.Probe;
import dev.lockdown.policy.Expectation;
import dev.lockdown.policy.Repair;
import dev.lockdown.state.AddressText;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// Says what a verdict and all that belongs to it come to, for people. Nobody reads it back: who needs to know asks the data.
public final class Wording {
    private static final int ADDRESSES_SHOWN = 3;

    private Wording() {}

    public static String of(Wanted wanted) {
        return switch (wanted) {
            case OPEN -> "open";
            case BLOCKED -> "blocked";
            case MIXED -> "mixed";
        };
    }

    /// `open`, `blocked (dropped)`, `mixed`, `inconclusive`.
    public static String of(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Open _ -> "open";
            case Verdict.Blocked(var manner, _) -> switch (manner) {
                case DROPPED -> "blocked (dropped)";
                case REJECTED -> "blocked (rejected)";
            };
            case Verdict.Mixed _ -> "mixed";
            case Verdict.Inconclusive _ -> "inconclusive";
        };
    }

    public static String of(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Connected(var roundTrip, var by, _) -> by + " answered in " + duration(roundTrip);
            case Outcome.Resolved(var roundTrip, var addresses) ->
                "resolved to %s in %s".formatted(briefly(addresses), duration(roundTrip));
            case Outcome.Misdirected(var by) -> "somebody else answered: %s".formatted(by);
            case Outcome.Refused _ -> "refused at once";
            case Outcome.Unreachable(var icmp) -> "ICMP unreachable (%s)".formatted(icmp.name().toLowerCase(Locale.ROOT).replace('_', ' '));
            case Outcome.TimedOut(var after, var lost) -> switch (lost) {
                case REPLY -> "the question arrived, its answer did not come back in " + duration(after);
                case REQUEST -> "no answer in %s; the question did not arrive".formatted(duration(after));
                case UNKNOWN -> "no answer in " + duration(after);
            };
            case Outcome.Unresolved(var name, var why) -> "%s was not resolved: %s".formatted(name, why);
            case Outcome.ProbeFailed(var cause) -> "the probe could not be made: %s".formatted(cause);
        };
    }

    private static String briefly(List<String> addresses) {
        return addresses.size() <= ADDRESSES_SHOWN ? addresses.stream().map(AddressText::of).collect(Collectors.joining(", "))
            : "%s and %s more".formatted(AddressText.of(addresses.getFirst()), addresses.size() - 1);
    }

    public static String of(Doubt doubt) {
        return switch (doubt) {
            case Doubt.UnclearOutcome(var outcome) -> of(outcome);
            case Doubt.NoControl(var outcome, var lack) -> "%s, but %s".formatted(of(outcome), of(lack));
            case Doubt.UnprovenBackends(var lack) -> "some backends answer, but " + of(lack);
            case Doubt.UnresolvedName(var ofName) ->
                "its address answers, but its name does not resolve (%s), so no application gets there: allow DNS too"
                    .formatted(of(ofName));
            case Doubt.NotEnforced(var laggards, var waited) -> "the last change was not seen to be enforced within %s: %s"
                .formatted(duration(waited), laggards(laggards));
        };
    }

    /// `ingress of node-1, TCP, IPv4 (x answered in 0.2 ms); …`
    public static String laggards(List<Laggard> laggards) {
        return laggards.stream().map(l -> "%s (%s)".formatted(l.place(), of(l.outcome()))).collect(Collectors.joining("; "));
    }

    /// To follow "no answer, but".
    public static String of(Lack lack) {
        return switch (lack) {
            case Lack.PodDown(var pod) ->
                "%s is not reached by its own node either, which no policy prevents: the pod or its link is down".formatted(pod);
            case Lack.NoListener(var pod, var port) -> "nothing answers on %s of %s, not even its own node".formatted(port, pod);
            case Lack.NoEndpoints(var service) -> "%s has no endpoints".formatted(service);
            case Lack.NoAnswerForBystander(var destination, var port) ->
                "%s on %s does not answer an unisolated pod either".formatted(destination, port);
            case Lack.NoEchoForBystander(var destination) -> "%s does not answer an unisolated pod's ICMP either".formatted(destination);
            case Lack.NoNameForBystander(var name) -> "%s does not resolve for an unisolated pod either".formatted(name);
            case Lack.NoRuleNamed _ -> "no rule of the data plane says that it dropped it";
            case Lack.ShutInBaseline(var seen) -> "it was not open before the first policy either: " + of(seen);
            case Lack.NothingToCompare _ -> "nothing shows that it would work without the policies";
        };
    }

    public static String of(Control.Grade grade) {
        return switch (grade) {
            case EXEMPT_TWIN -> "an exempt twin gets through";
            case BASELINE -> "open in the baseline, both ends answer now";
            case REMOVAL -> "open again after removal";
            case DATA_PLANE -> "the data plane names the rule";
        };
    }

    public static String of(Evidence evidence) {
        return switch (evidence) {
            case Evidence.DroppedAt(var drop) -> "dropped at " + drop;
            case Evidence.SourceSeen(var server, var address) -> server + " saw " + AddressText.of(address);
            case Evidence.SourceTranslated(var server, var address, var pod, var own) ->
                "%s saw %s, not %s, the address of %s".formatted(server, AddressText.of(address), AddressText.of(own), pod);
            case Evidence.TakenAsItIs _ -> "the API leaves it open: taken as it is";
        };
    }

    /// What was seen, such as `shop/api answered in 0.2 ms` or `no answer in 1.5 s`.
    public static String how(Cell cell) {
        return switch (cell.verdict()) {
            case Verdict.Inconclusive(Doubt.NoControl(_, var lack)) when isDropNamed(cell) -> "dropped on the way, but " + of(lack);
            case Verdict.Inconclusive(var doubt) -> of(doubt);
            // The time until then is that of the data plane's word, and no deadline that has passed.
            case Verdict.Blocked(var manner, _) when manner == Verdict.Manner.DROPPED && isDropNamed(cell) ->
                "no answer: dropped on the way";
            case Verdict.Mixed(var outcomes) -> outcomes.stream().map(Wording::of).distinct().collect(Collectors.joining("; "));
            case Verdict.Open _, Verdict.Blocked _ -> of(last(cell).outcome());
        };
    }

    /// The last answer to what was asked, which is not that of the name's dial.
    private static Observation last(Cell cell) {
        for (var observation : cell.observations().reversed())
            if (observation.probe().equals(cell.question().probe())) return observation;
        throw new IllegalArgumentException("nothing was seen of " + cell.question().probe());
    }

    private static boolean isDropNamed(Cell cell) {
        var own = cell.observations().stream().filter(o -> o.probe().equals(cell.question().probe())).toList();
        return !own.isEmpty() && own.stream().allMatch(o -> o.outcome() instanceof Outcome.TimedOut && !o.drops().isEmpty());
    }

    public static List<String> because(Cell cell) {
        var expectation = cell.expectation();
        return expectation == null ? List.of() : expectation.because();
    }

    public static List<String> evidence(Cell cell) {
        return cell.evidence().stream().map(Wording::of).toList();
    }

    /// A slip and its repair, behind the place of the policy: `policy.yaml:9: shop/db says name: web, which …`.
    public static String of(Repair repair) {
        var place = repair.file() == null ? "" : "%s:%s: ".formatted(repair.file(), Integer.toString(repair.line()));
        return place + "policy " + repair.policy() + " " + switch (repair.kind()) {
            case NAMESPACE_NAME_LABEL ->
                "selects namespaces by %s, a label that the one meant lacks; use %s".formatted(repair.written(), repair.meant());
            case NEAREST_LABEL -> "selects nobody by %s; use %s".formatted(repair.written(), repair.meant());
            case TARGET_PORT -> "allows %s, the Service's port; policies see the pod's, use %s".formatted(repair.written(), repair.meant());
            case PORT_NAME -> "allows a port named %s, which the destination does not have; use %s".formatted(repair.written(),
                repair.meant());
            case DNS_PROTOCOL -> "allows DNS on %s alone; allow %s too".formatted(repair.written(), repair.meant());
            case POLICY_NAMESPACE -> "is in %s, where it selects no pod; put it into %s".formatted(repair.written(), repair.meant());
            case PEER_NAMESPACE -> "has a podSelector alone, which means pods of %s; add a namespaceSelector with %s"
                .formatted(repair.written(), repair.meant());
            case CLUSTER_IP ->
                "allows %s, the address of Service %s, which policies do not see; select its pods".formatted(repair.written(),
                    repair.meant());
        };
    }

    /// A defect of the network plugin: `known defect of kube-router 2.6.3: pods that … (https://…)`.
    public static String of(FoundDefect found) {
        var defect = found.defect();
        return "%s: %s (%s)".formatted(standing(found), defect.sentence(), defect.reference());
    }

    private static String standing(FoundDefect found) {
        var plugin = found.defect().plugin();
        return switch (found.defect().versions()) {
            case KnownDefect.Versions.Measured(_, var upTo) when !found.isKnown() -> "was a known defect of %s up to %s, and here is %s"
                .formatted(plugin, upTo, found.version() == null ? "an unknown version" : found.version());
            case KnownDefect.Versions.Measured _, KnownDefect.Versions.Fixed _ -> "known defect of %s %s".formatted(plugin, found.version());
        };
    }

    /// The likely cause where it differs, which is the slip or the network plugin's defect where that is known; empty where nothing is.
    public static String likely(Cell cell) {
        if (!cell.repairs().isEmpty()) return cell.repairs().stream().map(Wording::of).collect(Collectors.joining("; or "));
        if (cell.cause() != null && cell.defect() != null) return of(cell.defect());
        return switch (cell.cause()) {
            case SOME_WAYS_ONLY -> "only some of the ways are allowed: compare the backends, or the question with its answer";
            case STEP_AGAINST_ALLOWANCE ->
                "the policies allow it, so the step and the policies disagree: a policy is missing or selects too little";
            case STEP_AGAINST_DENIAL -> "the policies deny it, so the step and the policies disagree: an allowance is missing";
            case SOURCE_REWRITTEN -> "the cluster rewrites the source's address on the way, so the policy does not recognise it";
            case NOT_ENFORCED -> "the data plane does not enforce what the policies say";
            case STALE_RULES -> "the policies allow it, but the data plane does not: its rules are stale or wrong";
            case LEFT_OPEN -> "the API leaves this open: " + reference(cell);
            case SOME_BACKENDS_ALLOWED -> "the policies allow some backends only";
            case null -> "";
        };
    }

    private static String reference(Cell cell) {
        return cell.expectation() instanceof Expectation.Unspecified(var reference, _) ? reference : "";
    }

    /// The flow of a cell: `shop/web to shop/api on TCP/8080`.
    public static String flow(Cell cell) {
        return cell.question().probe().toString();
    }

    /// Of what a step speaks, to follow `1 of 6 cells differs`; empty where it names its flows itself.
    public static String of(Scope scope) {
        return switch (scope) {
            case Scope.Named _ -> "";
            case Scope.OnPorts(var ports) -> "on " + String.join(" and ", ports);
            case Scope.EveryFlow _ -> "of every flow";
            case Scope.OpenInBaseline _ -> "of what was open in the baseline";
            case Scope.ShutBeforeTheChange _ -> "of what was shut before the last change";
        };
    }

    /// What a verdict comes to, in one clause: `shop/web reaches shop/api on TCP/8080`.
    static String claim(Cell cell) {
        boolean open = cell.verdict() instanceof Verdict.Open;
        return switch (cell.verdict()) {
            case Verdict.Inconclusive _ -> flow(cell) + " proves nothing";
            case Verdict.Mixed _ -> "%s is mixed, not %s".formatted(flow(cell), of(cell.question().wanted()));
            case Verdict.Open _, Verdict.Blocked _ -> switch (cell.question().probe()) {
                case Probe.Reach r -> reaches(r.flow().source(), open, r.flow().destination(), "on " + onward(r));
                case Probe.Ping p -> reaches(p.source(), open, p.destination(), p.family() == Family.IPV6
                    ? "on ICMP over IPv6" : "on ICMP");
                case Probe.Resolve r -> "%s %s %s".formatted(r.source(), open ? "resolves" : "does not resolve", r.name());
                case Probe.Unasked u -> "\"%s\" is %s, not %s".formatted(u, of(cell.verdict()), of(cell.question().wanted()));
            };
        };
    }

    private static String reaches(Object from, boolean open, Object to, String on) {
        return "%s %s %s %s".formatted(from, open ? "reaches" : "does not reach", to, on);
    }

    private static String onward(Probe.Reach reach) {
        var flow = reach.flow();
        var port = reach.fromPort() == 0 ? "" : " from port " + reach.fromPort();
        return flow.port() + (flow.family() == Family.IPV6 ? " over IPv6" : "") + port;
    }
}
