package dev.lockdown.junit;

import dev.lockdown.junit.Declared.Kind;
import dev.lockdown.spec.SpokenScenario;
import dev.lockdown.spec.StepLines;
import dev.lockdown.state.InputException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The cluster of one test, empty to begin with: first its pods are declared, then it is changed, and after each change it is asked
/// ([LockdownAssertions]). Everything here is a sentence of a feature, whose documentation is `./lockdown steps`; what has no method is said by
/// [#given], [#when] and [#then].
///
/// Used by one thread at a time. A sentence that cannot be used fails the test with what is wrong, what was expected and the nearest name.
public final class TestCluster {
    private final SpokenScenario scenario;
    private final CallSite site;

    TestCluster(SpokenScenario scenario, CallSite site) {
        this.scenario = scenario;
        this.site = site;
    }

    /// Declare pods, see [Declared#pod].
    public void pods(Declared... pods) {
        declare(Kind.POD, "the pods", pods);
    }

    /// Declare Services, see [Declared#service].
    public void services(Declared... services) {
        declare(Kind.SERVICE, "the services", services);
    }

    /// Declare machines outside the cluster, see [Declared#host].
    public void hosts(Declared... hosts) {
        declare(Kind.HOST, "the external hosts", hosts);
    }

    private void declare(Kind kind, String sentence, Declared... all) {
        for (var one : all)
            if (one.kind() != kind)
                throw new InputException("%s is a %s, and here stand %ss".formatted(one.name(), one.kind().column, kind.column));
        var header = new LinkedHashSet<String>();
        for (var one : all) header.addAll(one.cells().keySet());
        var rows = new ArrayList<List<String>>();
        rows.add(List.copyOf(header));
        for (var one : all) rows.add(header.stream().map(column -> one.cells().getOrDefault(column, "")).toList());
        say("Given", sentence, site.step(Collections.nCopies(rows.size(), site.line())), rows);
    }

    /// Take namespaces, pods, workloads, Services and policies from manifests.
    ///
    /// @param place a file or a folder
    public void manifests(String place) {
        given("the manifests in \"%s\"".formatted(place));
    }

    /// Deny all ingress and egress of the pods of a namespace, by a policy `deny-all`.
    public void denyAll(String namespace) {
        when("\"%s\" denies all ingress and egress".formatted(namespace));
    }

    /// The same for ingress alone, by `deny-all-ingress`.
    public void denyAllIngress(String namespace) {
        when("\"%s\" denies all ingress".formatted(namespace));
    }

    /// The same for egress alone, by `deny-all-egress`.
    public void denyAllEgress(String namespace) {
        when("\"%s\" denies all egress".formatted(namespace));
    }

    /// Apply the policies of a file to a namespace.
    public void apply(Path file, String namespace) {
        when("\"%s\" is applied to \"%s\"".formatted(file, namespace));
    }

    /// Apply policies that are written here to a namespace.
    ///
    /// @param yaml one NetworkPolicy or several
    public void apply(String yaml, String namespace) {
        var sentence = "this policy is applied to \"%s\"".formatted(namespace);
        say("When", sentence, site.text(yaml), yaml);
    }

    /// Allow pods egress to others by their labels, or to what has none by its address.
    ///
    /// @param ports `TCP/8080 and UDP/53`
    public void allowEgress(String from, String to, String ports) {
        when("%s is allowed egress to %s on %s".formatted(Peers.peer(from), Peers.peer(to), ports));
    }

    /// Allow pods ingress from others.
    public void allowIngress(String to, String from, String ports) {
        when("%s is allowed ingress from %s on %s".formatted(Peers.peer(to), Peers.peer(from), ports));
    }

    public void deletePolicy(String name, String namespace) {
        when("policy \"%s\" is deleted from \"%s\"".formatted(name, namespace));
    }

    /// Delete all policies of a namespace at once.
    public void deletePolicies(String namespace) {
        when("every policy of \"%s\" is deleted".formatted(namespace));
    }

    public void deleteNamespace(String namespace) {
        when("namespace \"%s\" is deleted".formatted(namespace));
    }

    /// Give pods these labels instead of those that they had.
    public void relabel(String pods, String labels) {
        when("%s is relabelled \"%s\"".formatted(Peers.peer(pods), labels));
    }

    /// Give a namespace these labels besides its name's.
    public void relabelNamespace(String namespace, String labels) {
        when("namespace \"%s\" is relabelled \"%s\"".formatted(namespace, labels));
    }

    /// Start a pod that was declared with `starts` `later`, or that was stopped.
    public void start(String pod) {
        when(Peers.peer(pod) + " starts");
    }

    public void stop(String pod) {
        when(Peers.peer(pod) + " stops");
    }

    public void restart(String pod) {
        when(Peers.peer(pod) + " restarts");
    }

    /// Say any sentence that begins with Given.
    public void given(String sentence) {
        say("Given", sentence, site.step(List.of()), null);
    }

    /// The same with what stands below it: a table, each of whose lines begins and ends with `|`, or a text.
    public void given(String sentence, String below) {
        say("Given", sentence, below);
    }

    /// Say any sentence that begins with When.
    public void when(String sentence) {
        say("When", sentence, site.step(List.of()), null);
    }

    /// The same with what stands below it.
    public void when(String sentence, String below) {
        say("When", sentence, below);
    }

    /// Say any sentence that begins with Then: it holds, or the test fails.
    public void then(String sentence) {
        say("Then", sentence, site.step(List.of()), null);
    }

    /// The same with what stands below it.
    public void then(String sentence, String below) {
        say("Then", sentence, below);
    }

    private void say(String keyword, String sentence, String below) {
        if (below.stripLeading().startsWith("|")) say(keyword, sentence, site.table(below), WrittenTable.rows(below));
        else say(keyword, sentence, site.text(below), below);
    }

    private void say(String keyword, String sentence, StepLines lines, @Nullable Object below) {
        scenario.say(keyword, sentence, lines, below);
    }

    @Override
    public String toString() {
        return "the cluster of " + scenario.id();
    }
}
