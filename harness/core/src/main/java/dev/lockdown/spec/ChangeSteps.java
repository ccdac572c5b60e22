package dev.lockdown.spec;

import static java.util.stream.Collectors.toSet;

import dev.lockdown.flow.Endpoint;
import dev.lockdown.flow.NamespacedName;
import dev.lockdown.manifest.Manifests;
import dev.lockdown.manifest.Resource;
import dev.lockdown.spec.ParameterTypes.Directions;
import dev.lockdown.spec.ParameterTypes.PolicyName;
import dev.lockdown.spec.ParameterTypes.PortWords;
import dev.lockdown.spec.words.Peer;
import dev.lockdown.spec.words.StepTable;
import dev.lockdown.state.Change;
import dev.lockdown.state.Direction;
import dev.lockdown.state.InputException;
import dev.lockdown.state.LabelSelector;
import dev.lockdown.state.NetworkPolicy;
import dev.lockdown.trial.ScenarioTrial;
import io.cucumber.datatable.DataTable;
import io.cucumber.java.en.When;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// The When steps: changes of the cluster, each applied at once.
public final class ChangeSteps {
    private static final GlueSteps CHANGES = GlueSteps.load(List.of(ChangeSteps.class));

    private final ScenarioContext context;
    private final Made made;
    private int allowances;

    /// Takes the changes of a step, and their policies as they are written in a file or below the step.
    private interface Made {
        void of(List<Change> changes, Collection<Resource.OfPolicy> written);
    }

    public ChangeSteps(ScenarioContext context) {
        this.context = context;
        made = context::apply;
    }

    private ChangeSteps(ChangeSteps whole, Made made) {
        context = whole.context;
        allowances = whole.allowances;
        this.made = made;
    }

    @Example(value = """
        these changes are made at once
          | "shop" denies all ingress and egress |
          | "shop/api" starts                    |
        """, does = """
        Makes several changes together, without waiting for one before the next is sent: to see what is open while a pod starts and its \
        policy comes. Each row is a step of this part; each reads the cluster as it was before.""")
    @When("these changes are made at once")
    public void atOnce(DataTable table) {
        var changes = new ArrayList<Change>();
        var policies = new ArrayList<Resource.OfPolicy>();
        var changed = new HashSet<String>();
        var rows = new ChangeSteps(this, (more, written) -> {
            requireOthers(changed, more);
            changes.addAll(more);
            policies.addAll(written);
        });
        CHANGES.callRows(table, rows, "change");
        allowances = rows.allowances;
        made.of(changes, policies);
    }

    /// Of two rows that change one object it would be left open which comes last.
    private static void requireOthers(Set<String> changed, List<Change> more) {
        var objects = more.stream().map(Change::object).collect(toSet());
        for (var object : objects)
            if (changed.contains(object))
                throw InputException.about(object, "%s is changed by a row above; at once it can be changed by one".formatted(object));
        changed.addAll(objects);
    }

    @Example(value = "\"shop\" denies all ingress and egress",
        does = """
        Applies a policy with an empty podSelector and no rules: `deny-all`, or `deny-all-ingress` or `deny-all-egress` for one direction.""")
    @When("{string} denies all {directions}")
    public void deniesAll(String namespace, Directions directions) {
        requireNamespace(namespace);
        var name = "deny-all" + (directions.set().size() == 2 ? "" : "-" + directions.set().iterator().next());
        apply(new NetworkPolicy(new NamespacedName(namespace, name), LabelSelector.EVERYTHING, directions.set(), List.of(), List.of()));
    }

    @Example(value = "\"shop/web\" is allowed egress to \"shop/api\" on TCP/8080", does = """
        Applies a policy that selects the first by its labels and allows the second by its labels, or by address if it is a host, a \
        node or the Kubernetes API (then its endpoints and their port).""")
    @When("{peer} is allowed egress to {peer} on {ports}")
    public void allowedEgress(Peer subject, Peer peer, PortWords ports) {
        allow(Direction.EGRESS, subject, peer, ports);
    }

    @Example(value = "\"shop/api\" is allowed ingress from \"shop/web\" on TCP/8080 and UDP/5353", does = """
        Applies a policy that selects the first by its labels and allows the second by its labels, or by address.""")
    @When("{peer} is allowed ingress from {peer} on {ports}")
    public void allowedIngress(Peer subject, Peer peer, PortWords ports) {
        allow(Direction.INGRESS, subject, peer, ports);
    }

    private void allow(Direction direction, Peer subject, Peer peer, PortWords ports) {
        apply(
            new Allowance(context.trial()).policy("allow-%s-%s".formatted(direction, ++allowances), direction, subject, peer,
                ports.words()));
    }

    @Example(value = "\"fixtures/policies/default-deny-all.yaml\" is applied to \"shop\"", does = """
        Applies the policies of a file; those without a namespace of their own go to this one.""")
    @When("{string} is applied to {string}")
    public void fileApplied(String file, String namespace) {
        requireNamespace(namespace);
        var written = Manifests.read(SetupSteps.path(file), namespace);
        if (written.changes().isEmpty()) throw new InputException("\"%s\" holds nothing that can be applied".formatted(file));
        var manifest = Reviewed.of(written);
        made.of(manifest.changes(), manifest.writtenPolicies());
    }

    @Example(value = """
        this policy is applied to "shop"
          \"""
          apiVersion: networking.k8s.io/v1
          kind: NetworkPolicy
          metadata: {name: only-web}
          spec:
            podSelector: {matchLabels: {app: api}}
            ingress:
            - from: [{podSelector: {matchLabels: {app: web}}}]
          \"""
        """, does = "Applies the NetworkPolicy written below the step, or several of them.")
    @When("this policy is applied to {string}")
    public void policyApplied(String namespace, String yaml) {
        requireNamespace(namespace);
        var manifest = Reviewed.of(Manifests.readPolicies(CurrentStep.current().text(), yaml, namespace));
        made.of(manifest.changes(), manifest.writtenPolicies());
    }

    @Example(value = "policy \"deny-all\" is deleted from \"shop\"", does = "Deletes a policy.")
    @When("{policy} is deleted from {string}")
    public void deleted(PolicyName policy, String namespace) {
        requireNamespace(namespace);
        var name = new NamespacedName(namespace, policy.name());
        if (!trial().state().policies().containsKey(name))
            throw Resolver.missing("policy", name.toString(), trial().state().policies().keySet());
        change(new Change.DeletePolicy(name));
    }

    @Example(value = "every policy of \"shop\" is deleted", does = "Deletes all policies of a namespace at once.")
    @When("every policy of {string} is deleted")
    public void everyPolicyDeleted(String namespace) {
        requireNamespace(namespace);
        var deletions = trial().state().policies().keySet().stream().filter(n -> n.namespace().equals(namespace))
            .<Change>map(Change.DeletePolicy::new).toList();
        if (deletions.isEmpty()) throw InputException.missing("policy", namespace, "namespace \"%s\" has no policy".formatted(namespace));
        made.of(deletions, List.of());
    }

    @Example(value = "\"shop/web\" is relabelled \"app=api\"", does = "Gives pods these labels instead of those that they had.")
    @When("{peer} is relabelled {string}")
    public void relabelled(Peer peer, String labels) {
        var changes = new ArrayList<Change>();
        for (var end : new Resolver(trial()).endpoints(peer)) {
            if (!(end instanceof Endpoint.Pod(var name))) throw new InputException("only pods and namespaces are relabelled");
            changes.add(new Change.RelabelPod(name, StepTable.labels(labels)));
        }
        made.of(changes, List.of());
    }

    @Example(value = "namespace \"shop\" is relabelled \"team=api\"", does = "Gives a namespace these labels besides its name's.")
    @When("namespace {string} is relabelled {string}")
    public void namespaceRelabelled(String namespace, String labels) {
        requireNamespace(namespace);
        change(new Change.RelabelNamespace(namespace, StepTable.labels(labels)));
    }

    @Example(value = "\"shop/api\" starts", does = "Starts a pod that was declared with `later`, or that was stopped.")
    @When("{peer} starts")
    public void starts(Peer peer) {
        change(new Change.StartPod(context.cast().take(podName(peer))));
    }

    @Example(value = "\"shop/web\" stops", does = "Stops a pod; its address may be given to the next one.")
    @When("{peer} stops")
    public void stops(Peer peer) {
        var name = podName(peer);
        context.cast().stopped(new Resolver(trial()).pod(name).onNode(""));
        change(new Change.StopPod(name));
    }

    @Example(value = "\"shop/web\" restarts", does = "Stops a pod and starts it again on its node.")
    @When("{peer} restarts")
    public void restarts(Peer peer) {
        var pod = new Resolver(trial()).pod(podName(peer));
        made.of(List.of(new Change.StopPod(pod.name()), new Change.StartPod(pod)), List.of());
    }

    @Example(value = "namespace \"shop\" is deleted", does = "Deletes a namespace with everything in it.")
    @When("namespace {string} is deleted")
    public void namespaceDeleted(String namespace) {
        requireNamespace(namespace);
        change(new Change.DeleteNamespace(namespace));
    }

    private NamespacedName podName(Peer peer) {
        if (peer instanceof Peer.One(Endpoint.Pod(var name))) return name;
        throw new InputException("name one pod, as in \"shop/web\"");
    }

    private void requireNamespace(String namespace) {
        if (!trial().state().namespaces().containsKey(namespace))
            throw Resolver.missing("namespace", namespace, trial().state().namespaces().keySet());
    }

    private void apply(NetworkPolicy policy) {
        change(new Change.ApplyPolicy(policy));
    }

    private void change(Change change) {
        made.of(List.of(change), List.of());
    }

    private ScenarioTrial trial() {
        return context.trial();
    }
}
